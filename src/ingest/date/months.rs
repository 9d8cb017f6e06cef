//! The names of months in the languages that many pages are written in.

/// The names of each month: whole ones as they stand in dates, and usual short ones; in small letters, without full stop.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari",
        "styczeń", "stycznia", "sty", "января", "январь", "янв", "січня", "ocak", "leden", "ledna", "január", "ianuarie",
        "tammikuu", "tammikuuta", "ιανουαρίου", "يناير",
    ],
    &[
        "february", "feb", "februar", "feber", "février", "févr", "fév", "fevrier", "febrero", "febbraio", "fevereiro",
        "fev", "februari", "luty", "lutego", "lut", "февраля", "февраль", "фев", "лютого", "şubat", "únor", "února",
        "február", "februarie", "helmikuu", "helmikuuta", "φεβρουαρίου", "فبراير",
    ],
    &[
        "march", "mar", "märz", "mär", "mrz", "maerz", "mars", "marzo", "março", "maart", "mrt", "marzec", "marca", "марта",
        "март", "мар", "березня", "mart", "březen", "března", "március", "martie", "maaliskuu", "maaliskuuta", "marts",
        "μαρτίου", "مارس",
    ],
    &[
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecień", "kwietnia", "kwi", "апреля", "апрель", "апр",
        "квітня", "nisan", "duben", "dubna", "április", "aprilie", "huhtikuu", "huhtikuuta", "απριλίου", "أبريل",
    ],
    &[
        "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja", "мая", "май", "травня", "mayıs", "květen",
        "května", "május", "toukokuu", "toukokuuta", "μαΐου", "مايو",
    ],
    &[
        "june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca", "cze", "июня", "июнь", "июн",
        "червня", "haziran", "červen", "června", "június", "iunie", "kesäkuu", "kesäkuuta", "ιουνίου", "يونيو",
    ],
    &[
        "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca", "lip", "июля", "июль",
        "июл", "липня", "temmuz", "červenec", "července", "július", "iulie", "heinäkuu", "heinäkuuta", "ιουλίου", "يوليو",
    ],
    &[
        "august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpień", "sierpnia", "sie", "августа", "август",
        "авг", "серпня", "ağustos", "srpen", "srpna", "augusztus", "elokuu", "elokuuta", "augusti", "αυγούστου", "أغسطس",
    ],
    &[
        "september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "setembro", "wrzesień", "września", "wrz",
        "сентября", "сентябрь", "сен", "вересня", "eylül", "září", "szeptember", "septembrie", "syyskuu", "syyskuuta",
        "σεπτεμβρίου", "سبتمبر",
    ],
    &[
        "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "październik",
        "października", "paź", "октября", "октябрь", "окт", "жовтня", "ekim", "říjen", "října", "október", "octombrie",
        "lokakuu", "lokakuuta", "οκτωβρίου", "أكتوبر",
    ],
    &[
        "november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada", "listopadu", "lis", "ноября",
        "ноябрь", "ноя", "kasım", "noiembrie", "marraskuu", "marraskuuta", "νοεμβρίου", "نوفمبر",
    ],
    &[
        "december", "dec", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic", "dicembre", "dezembro",
        "grudzień", "grudnia", "gru", "декабря", "декабрь", "дек", "грудня", "aralık", "prosinec", "prosince", "decembrie",
        "joulukuu", "joulukuuta", "δεκεμβρίου", "ديسمبر",
    ],
];

/// The number of the month that `word` names in any of the languages.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    i8::try_from(at + 1).ok()
}
