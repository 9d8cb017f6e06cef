"""The model: a BERT encoder (MiniLM's weights to begin with), a case embedding, and two heads (attribution, names)."""
import torch
import torch.nn.functional as F
from torch import nn

from . import tokens

HIDDEN, HEADS, FEED, POSITIONS = 384, 12, 1536, tokens.WINDOW


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.ln1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.f1 = nn.Linear(HIDDEN, FEED)
        self.f2 = nn.Linear(FEED, HIDDEN)
        self.ln2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask, dropout):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.ln1(x + F.dropout(self.out(mixed), dropout, self.training))
        return self.ln2(x + F.dropout(self.f2(F.gelu(self.f1(x))), dropout, self.training))


class Tagger(nn.Module):
    def __init__(self, pieces, layers=6, dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(pieces, HIDDEN)
        self.pos = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(tokens.CASES, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.attr = nn.Linear(HIDDEN, len(tokens.ATTRIBUTION))
        self.ner = nn.Linear(HIDDEN, len(tokens.NAMES))
        self.dropout = dropout

    def hidden(self, pieces, case, mask=None):
        """The states after each layer; pieces and case are [batch, length], mask is added to the attention's scores."""
        x = self.ln(self.word(pieces) + self.pos.weight[:pieces.shape[1]] + self.case(case))
        x = F.dropout(x, self.dropout, self.training)
        out = []
        for layer in self.layers:
            x = layer(x, mask, self.dropout)
            out.append(x)
        return out

    def forward(self, pieces, case, mask=None):
        x = self.hidden(pieces, case, mask)[-1]
        return self.attr(x), self.ner(x)


def read_state(path):
    """The weights in a safetensors file (or a checkpoint of train.py) as float32, the link head of old ones left out."""
    if str(path).endswith(".safetensors"):
        from safetensors.torch import load_file
        state = load_file(path)
    else:
        state = torch.load(path, map_location="cpu", weights_only=True)
        state = state.get("model", state)
    state = {k: v.float() for k, v in state.items() if not k.startswith("link.")}
    state["pos.weight"] = state["pos.weight"][:POSITIONS].clone()
    return state


def from_state(state):
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    model = Tagger(state["word.weight"].shape[0], layers)
    model.load_state_dict(state)
    return model.eval()


def from_minilm(path, keep=(0, 1, 2, 3, 4, 5)):
    """A tagger that begins from the weights of all-MiniLM-L6-v2, with the given layers of it."""
    from safetensors.torch import load_file

    given = load_file(path)
    model = Tagger(given["embeddings.word_embeddings.weight"].shape[0], len(keep))
    state = model.state_dict()
    state["word.weight"] = given["embeddings.word_embeddings.weight"]
    positions = given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    state["pos.weight"] = positions[:POSITIONS]
    state["ln.weight"], state["ln.bias"] = given["embeddings.LayerNorm.weight"], given["embeddings.LayerNorm.bias"]
    names = {"out": "attention.output.dense", "ln1": "attention.output.LayerNorm", "f1": "intermediate.dense",
             "f2": "output.dense", "ln2": "output.LayerNorm"}
    for n, k in enumerate(keep):
        theirs, ours = f"encoder.layer.{k}.", f"layers.{n}."
        for part in ("weight", "bias"):
            state[ours + "qkv." + part] = torch.cat(
                [given[theirs + f"attention.self.{x}." + part] for x in ("query", "key", "value")])
            for mine, its in names.items():
                state[ours + mine + "." + part] = given[theirs + its + "." + part]
    model.load_state_dict(state)
    return model


def keep_pieces(state, vocabulary, kept):
    """The state with the embedding rows of the pieces `kept` only, in that order."""
    ids = {piece: i for i, piece in enumerate(vocabulary)}
    return {**state, "word.weight": state["word.weight"][[ids[piece] for piece in kept]]}
