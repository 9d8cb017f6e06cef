//! English inflection by rule, with a list of irregular verbs and nouns: from a lemma to its forms.
//!
//! Forms are generated rather than stripped, so a form always leads back to a lemma that the lexicon knows.

/// The forms of one verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbForms {
    /// "visits"
    pub third: String,
    /// "visited"; several where usage varies.
    pub past: Vec<String>,
    /// "visited", "taken".
    pub participle: Vec<String>,
    /// "visiting"
    pub ing: Vec<String>,
}

/// base, past, past participle; variants separated by `/`.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("be", "was/were", "been"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bid", "bid", "bid"),
    ("bind", "bound", "bound"),
    ("bite", "bit", "bitten"),
    ("bleed", "bled", "bled"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("broadcast", "broadcast", "broadcast"),
    ("build", "built", "built"),
    ("burn", "burned/burnt", "burned/burnt"),
    ("burst", "burst", "burst"),
    ("buy", "bought", "bought"),
    ("cast", "cast", "cast"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cost", "cost", "cost"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("flee", "fled", "fled"),
    ("fly", "flew", "flown"),
    ("forbid", "forbade", "forbidden"),
    ("forecast", "forecast", "forecast"),
    ("foresee", "foresaw", "foreseen"),
    ("forget", "forgot", "forgotten"),
    ("forgive", "forgave", "forgiven"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "got/gotten"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hanged/hung", "hanged/hung"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("let", "let", "let"),
    ("lie", "lay/lied", "lain/lied"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("offset", "offset", "offset"),
    ("oversee", "oversaw", "overseen"),
    ("overthrow", "overthrew", "overthrown"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("quit", "quit", "quit"),
    ("read", "read", "read"),
    ("ride", "rode", "ridden"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shake", "shook", "shaken"),
    ("shed", "shed", "shed"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown/showed"),
    ("shut", "shut", "shut"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", "sat"),
    ("slay", "slew", "slain"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("strike", "struck", "struck/stricken"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", "swept"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", "understood"),
    ("undertake", "undertook", "undertaken"),
    ("uphold", "upheld", "upheld"),
    ("wear", "wore", "worn"),
    ("win", "won", "won"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("write", "wrote", "written"),
];

const IRREGULAR_PLURALS: &[(&str, &str)] = &[
    ("man", "men"),
    ("woman", "women"),
    ("child", "children"),
    ("person", "people"),
    ("crisis", "crises"),
    ("life", "lives"),
    ("knife", "knives"),
    ("thief", "thieves"),
    ("aircraft", "aircraft"),
    ("personnel", "personnel"),
    ("staff", "staff"),
    ("media", "media"),
];

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether the last consonant may be doubled before -ed and -ing: consonant, one vowel, consonant.
fn may_double(lemma: &str) -> bool {
    let mut back = lemma.chars().rev();
    match (back.next(), back.next(), back.next()) {
        (Some(last), Some(middle), Some(first)) => {
            !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(middle) && (!vowel(first) || first == 'u')
        }
        _ => false,
    }
}

/// The plural of a noun; also the third person of a verb.
pub fn plural(lemma: &str) -> String {
    if let Some((_, irregular)) = IRREGULAR_PLURALS.iter().find(|(noun, _)| *noun == lemma) {
        return (*irregular).to_owned();
    }
    add_s(lemma)
}

fn add_s(lemma: &str) -> String {
    if let Some(stem) = lemma.strip_suffix('y')
        && !stem.ends_with(vowel)
    {
        return format!("{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end)) {
        return format!("{lemma}es");
    }
    match lemma {
        "go" | "do" | "veto" | "undergo" | "embargo" => format!("{lemma}es"),
        "have" => "has".to_owned(),
        _ => format!("{lemma}s"),
    }
}

/// All forms of a verb. Where a rule cannot know whether the last consonant doubles, both spellings are given.
pub fn verb_forms(lemma: &str) -> VerbForms {
    let split = |forms: &str| forms.split('/').map(str::to_owned).collect::<Vec<_>>();
    let mut ing = Vec::new();
    if let Some(stem) = lemma.strip_suffix("ie") {
        ing.push(format!("{stem}ying"));
    } else if let Some(stem) = lemma.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o']) && stem.len() > 1) {
        ing.push(format!("{stem}ing"));
    } else {
        ing.push(format!("{lemma}ing"));
    }
    let mut regular = Vec::new();
    if lemma.ends_with('e') {
        regular.push(format!("{lemma}d"));
    } else if let Some(stem) = lemma.strip_suffix('y').filter(|stem| !stem.ends_with(vowel)) {
        regular.push(format!("{stem}ied"));
    } else {
        regular.push(format!("{lemma}ed"));
    }
    if may_double(lemma)
        && let Some(last) = lemma.chars().last()
    {
        ing.push(format!("{lemma}{last}ing"));
        regular.push(format!("{lemma}{last}ed"));
    }
    let (past, participle) = match IRREGULAR.iter().find(|(base, ..)| *base == lemma) {
        Some((_, past, participle)) => (split(past), split(participle)),
        None => (regular.clone(), regular),
    };
    VerbForms { third: add_s(lemma), past, participle, ing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_follow_the_spelling_rules() {
        let ban = verb_forms("ban");
        assert!(ban.past.contains(&"banned".to_owned()) && ban.ing.contains(&"banning".to_owned()));
        assert_eq!(verb_forms("deny").past, ["denied"]);
        assert_eq!(verb_forms("deny").third, "denies");
        assert_eq!(verb_forms("agree").ing, ["agreeing"]);
        assert_eq!(verb_forms("impose").ing, ["imposing"]);
        assert_eq!(verb_forms("clash").third, "clashes");
        assert_eq!(verb_forms("deploy").past, ["deployed"]);
    }

    #[test]
    fn irregular_verbs_keep_past_and_participle_apart() {
        assert_eq!(verb_forms("withdraw").past, ["withdrew"]);
        assert_eq!(verb_forms("withdraw").participle, ["withdrawn"]);
        assert_eq!(plural("embargo"), "embargoes");
        assert_eq!(plural("man"), "men");
    }
}
