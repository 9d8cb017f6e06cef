"""Country and PLOVER sector of an actor phrase, in its sentence or by itself.

dateline does not code sectors; they are read off the office it finds, else off the words of the phrase.
"""
import re

SECTORS = [
    ("UAF", "gunm[ae]n attackers? assailants? militants? terrorists? bombers? hijackers? kidnappers?"),
    ("REB", "rebels? guerrill?as? insurgents? separatists? mujahide+n fighters? liberation"),
    ("COP", "police policem[ae]n policewom[ae]n sheriff constables? gendarmes? detectives? interpol"),
    ("JUD", "courts? judges? justices? prosecutors? magistrates? tribunal attorney judiciary"),
    ("SPY", "intelligence mossad cia kgb fsb spy spies"),
    ("MIL", "army military troops? soldiers? navy naval marines? generals? colonel admirals? commanders? forces air force"),
    ("LEG", "parliament parliamentary senators? senate congress congressm[ae]n congresswom[ae]n legislators? lawmakers? mps? "
            "duma knesset assembly deputies speaker"),
    ("OPP", "opposition dissidents?"),
    ("PTY", "party parties"),
    ("JRN", "journalists? newspapers? reporters? radio television tv media news agency broadcaster editor"),
    ("BUS", "compan(?:y|ies) corporation firms? bank business(?:m[ae]n)? inc ltd oil airlines? industry"),
    ("LAB", "unions? workers? strikers? labou?r"),
    ("EDU", "students? universit(?:y|ies) professors? teachers? schools?"),
    ("REL", "bishops? archbishop pope priests? clerics? imams? mullahs? rabbis? church muslims? christians? monks?"),
    ("MED", "doctors? hospitals? medical physicians? nurses?"),
    ("REF", "refugees? displaced"),
    ("AGR", "farmers? peasants? agricultural?"),
    ("CRM", "criminals? mafia gangs? cartels? traffickers?"),
    ("GOV", "presidents? ministers? ministry premier government governments? officials? ambassadors? embassy cabinet king queen "
            "prince emir chancellor governors? mayors? secretary spokes(?:man|woman|person) authorities administration envoys? "
            "diplomats? department leader vice-president white.house kremlin"),
    ("CVL", "people citizens? residents? civilians? villagers? protesters? demonstrators? women men children families"),
]
SECTORS = [(code, re.compile(r"\b(?:%s)\b" % "|".join(words.split()), re.I)) for code, words in SECTORS]


def article(row):
    given = {"id": row["id"], "text": row.get("context") or row["text"]}
    if row.get("date"):
        given["date"] = row["date"]
    return given


def sector(words):
    found = [(match.start(), code) for code, pattern in SECTORS if (match := pattern.search(words))]
    # The head of an English noun phrase stands last, but before "of".
    head = words.split(" of ")[0]
    inside = [(start, code) for start, code in found if start < len(head)]
    return max(inside or found)[1] if found else None


def place(row):
    """Where the phrase stands in the text that dateline was given; without an own place it is the context."""
    if "start" in row:
        return row["start"], row["end"]
    given = article(row)["text"]
    start = given.find(row["text"])
    return (start, start + len(row["text"])) if start >= 0 else (0, len(given))


def prediction(row, record):
    start, end = place(row)
    overlaps = lambda span: span[0] < end and start < span[1]
    entities = {entity["id"]: entity for entity in record["entities"] if any(map(overlaps, entity["mentions"]))}
    officials = [official for official in record["officials"]
                 if official["entity"] in entities or any(map(overlaps, official["mentions"]))]
    countries = [official["country"] for official in officials] + [entity["country"] for entity in entities.values()]
    country = next((code for code in countries if code and len(code) == 2), None)
    titles = " ".join(official["title"] for official in officials)
    role = sector(row["text"]) or (sector(titles) if titles else None)
    return {"id": row["id"], "country": country, "role": role}
