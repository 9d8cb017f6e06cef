//! Every action a user can take in the reader: one row each in [`COMMANDS`].
//!
//! The key map, the help screen, the footer and the checking of `config.toml` all read this table.
//!
//! Keys are written as in `config.toml`: a character (`]`, `J`), or `Space`, `Enter`, `Esc`, `Tab`, `Backspace`,
//! `Up`, `Down`, `Left`, `Right`, `PgUp`, `PgDn`, `Home`, `End`, `Insert`, `Delete`, `F1` …, with `Ctrl-`, `Alt-` or
//! `Shift-` before it. `Shift-Tab` is the terminal's back tab.

/// Where a command's keys work. A key is looked up in the context the user is in, then in [`Context::Any`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere. In the picker and at the search prompt, characters are typed instead.
    Any,
    /// The tree of feeds.
    Tree,
    /// The list of articles.
    List,
    /// The article.
    Article,
    /// The article while words of it are selected.
    Select,
    /// The side panel.
    Panel,
    /// The country picker.
    Picker,
    /// Where something is typed: the prompts, the labels of links.
    Prompt,
    /// The help screen.
    Help,
    /// What changed from one version of the article to the next.
    Versions,
    /// A note that is being written.
    Note,
}

/// Headings under which help lists the commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Scrolling and selecting.
    Moving,
    /// Statements and facts.
    Facts,
    /// Selecting words of the article.
    Selecting,
    /// Notes, and setting right what was found.
    Notes,
    /// Searching, filtering.
    Finding,
    /// From article to article.
    Articles,
    /// Feeds and their news.
    Feeds,
    /// Links, and what other programs do with the article.
    Outside,
    /// What is shown.
    Showing,
    /// The program itself.
    Program,
}

/// One row of [`COMMANDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandInfo {
    /// The command.
    pub command: Command,
    /// Its name in `config.toml`.
    pub name: &'static str,
    /// What it does, for help.
    pub help: &'static str,
    /// Its default keys; the first is the one the footer shows.
    pub keys: &'static [&'static str],
    /// Where the keys work.
    pub context: Context,
    /// Where help lists it.
    pub group: Group,
}

macro_rules! commands {
    ($($variant:ident $name:literal $group:ident $context:ident [$($key:literal)*] $help:literal;)*) => {
        /// An action.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $(#[doc = $help] $variant,)*
        }

        /// Every command, in the order of help. The row of `command` is at index `command as usize`.
        pub const COMMANDS: &[CommandInfo] = &[$(CommandInfo {
            command: Command::$variant,
            name: $name,
            help: $help,
            keys: &[$($key),*],
            context: Context::$context,
            group: Group::$group,
        },)*];
    };
}

commands! {
    Down              "down"                Moving   Any     ["j" "Down"]            "down a line or a row";
    Up                "up"                  Moving   Any     ["k" "Up"]              "up a line or a row";
    Forward           "forward"             Moving   Any     ["Space"]               "down a page, then the next article";
    PageDown          "page-down"           Moving   Any     ["PgDn" "Ctrl-f"]       "down a page";
    PageUp            "page-up"             Moving   Any     ["b" "PgUp" "Ctrl-b"]   "up a page";
    HalfDown          "half-page-down"      Moving   Any     ["Ctrl-d"]              "down half a page";
    HalfUp            "half-page-up"        Moving   Any     ["Ctrl-u"]              "up half a page";
    Top               "top"                 Moving   Any     ["g" "Home"]            "to the beginning";
    Bottom            "bottom"              Moving   Any     ["G" "End"]             "to the end";
    Open              "open"                Moving   Any     ["Enter"]               "open the article, go to the entry's place, show the name's card";
    Back              "back"                Moving   Any     ["Esc" "Ctrl-o"]        "back to where you were; close";

    NextQuotation     "next-quotation"      Facts    Any     ["]"]                   "next quotation";
    PreviousQuotation "previous-quotation"  Facts    Any     ["["]                   "previous quotation";
    NextBySpeaker     "next-by-speaker"     Facts    Any     ["}"]                   "next statement by the same speaker";
    PreviousBySpeaker "previous-by-speaker" Facts    Any     ["{"]                   "previous statement by the same speaker";
    NextName          "next-name"           Facts    Any     [")"]                   "next name in the text";
    PreviousName      "previous-name"       Facts    Any     ["("]                   "previous name in the text";
    ShowCard          "show-card"           Facts    Any     ["W"]                   "tell who the name, the speaker or the official is";
    ShowQuotations    "show-quotes"         Facts    Any     ["1"]                   "panel: quotes";
    ShowOfficials     "show-officials"      Facts    Any     ["2"]                   "panel: officials";
    ShowEvents        "show-events"         Facts    Any     ["3"]                   "panel: events";
    ShowCountries     "show-countries"      Facts    Any     ["4"]                   "panel: countries";
    ShowNotes         "show-notes"          Facts    Any     ["5"]                   "panel: notes";
    NextTab           "next-tab"            Facts    Panel   ["l" "Right"]           "next tab";
    PreviousTab       "previous-tab"        Facts    Panel   ["h" "Left"]            "previous tab";
    Copy              "copy"                Facts    Any     ["y"]                   "copy the quotation with its attribution";
    ShowWhy           "show-why"            Facts    Any     ["w"]                   "tell how the quotation's speaker, or the event, is known, or not";

    Select            "select"              Selecting Any    ["V"]                   "select words, at first those you are at";
    SelectLeft        "select-left"         Selecting Select ["h" "Left"]            "a character to the left";
    SelectRight       "select-right"        Selecting Select ["l" "Right"]           "a character to the right";
    SelectDown        "select-down"         Selecting Select ["j" "Down"]            "a row down";
    SelectUp          "select-up"           Selecting Select ["k" "Up"]              "a row up";
    SelectWord        "select-word"         Selecting Select ["w"]                   "on to the end of a word";
    SelectWordBack    "select-word-back"    Selecting Select ["b"]                   "back to the beginning of a word";
    SelectRowStart    "select-row-start"    Selecting Select ["0" "Home"]            "to the beginning of the row";
    SelectRowEnd      "select-row-end"      Selecting Select ["$" "End"]             "to the end of the row";
    SelectSentence    "select-sentence"     Selecting Select [")"]                   "on to the end of a sentence";
    SelectSentenceBack "select-sentence-back" Selecting Select ["("]                 "back to the beginning of a sentence";
    SelectParagraph   "select-paragraph"    Selecting Select ["}"]                   "on to the end of a paragraph";
    SelectParagraphBack "select-paragraph-back" Selecting Select ["{"]               "back to the beginning of a paragraph";
    SelectOtherEnd    "select-other-end"    Selecting Select ["o"]                   "move the other end";
    SelectAnew        "select-anew"         Selecting Select ["V"]                   "only the word where the moving end is";
    CopySelection     "copy-selection"      Selecting Select ["y" "Enter"]           "copy the selected words with their source";
    EndSelection      "end-selection"       Selecting Select ["Esc"]                 "select nothing any more";

    Search            "search"              Finding  Any     ["/"]                   "search in the article; in the list, in the library";
    Narrow            "filter-list"         Finding  Any     ["&"]                   "list what a query asks for; in the list / does too";
    CommandLine       "command-line"        Finding  Any     [":"]                   "type a command";
    NextMatch         "next-match"          Finding  Any     ["n"]                   "next match";
    PreviousMatch     "previous-match"      Finding  Any     ["N"]                   "previous match";
    PickCountries     "pick-countries"      Finding  Any     ["c"]                   "filter by country";
    ClearFilter       "clear-filter"        Finding  Any     ["C"]                   "clear the filter";
    PickKinds         "pick-event-kinds"    Finding  Any     ["E"]                   "only some kinds of events, or all again";
    ListStatements    "list-statements"     Finding  Any     ["Q"]                   "what was said in the listed articles, or the articles again";
    PickerMark        "picker-mark"         Finding  Picker  ["Space"]               "mark or unmark the country";
    PickerScope       "picker-scope"        Finding  Picker  ["Tab"]                 "articles about it, or all that mention it";

    Note              "note"                Notes    Any     ["a"]                   "note something on what is selected or current, or on the article";
    HighlightSelection "highlight-selection" Notes   Select  ["H"]                   "highlight the selected words, without a note";
    RemoveNote        "remove-note"         Notes    Panel   ["d" "Delete"]          "take the selected note or correction away";
    Correct           "correct"             Notes    Any     ["X"]                   "set right a speaker, a country, a name, an event";
    KeepNote          "keep-note"           Notes    Note    ["Enter" "Ctrl-s"]      "keep the note";
    NoteNewLine       "note-new-line"       Notes    Note    ["Alt-Enter" "Ctrl-j"]  "a new line in the note";
    EditNote          "edit-note"           Notes    Note    ["Ctrl-g"]              "write the note in your editor";

    NextArticle       "next-article"        Articles Any     ["J" "Ctrl-n"]          "next article";
    PreviousArticle   "previous-article"    Articles Any     ["K" "Ctrl-p"]          "previous article";
    NextUnread        "next-unread"         Articles Any     ["U"]                   "next unread article, across feeds";
    ToggleRead        "toggle-read"         Articles Any     ["m"]                   "mark read or unread";
    ReadAbove         "read-above"          Articles Any     ["M"]                   "mark it and all above it in the list read";
    ReadAll           "read-all"            Articles Any     ["A"]                   "mark all in the list read";
    Undo              "undo"                Articles Any     ["u"]                   "undo the last marking, tagging or note";
    Star              "star"                Articles Any     ["s"]                   "star it, or not; starred articles are kept for good";
    SortOrder         "sort-order"          Articles Any     ["i"]                   "list in another order";

    FocusTree         "focus-tree"          Feeds    Any     ["t"]                   "to the feeds";
    EnterTree         "enter-tree"          Feeds    Tree    ["l" "Right"]           "list the articles of the feed or folder";
    LeaveList         "leave-list"          Feeds    List    ["h" "Left"]            "to the feeds";
    RefreshFeed       "refresh"             Feeds    Any     ["r"]                   "ask this feed or folder for news";
    RefreshAll        "refresh-all"         Feeds    Any     ["R"]                   "ask all feeds for news";
    FetchPage         "fetch-page"          Feeds    Any     ["f"]                   "fetch the article's page and show its full text";

    OpenArticle       "open-in-browser"     Outside  Any     ["o"]                   "open the article in the browser";
    CopyAddress       "copy-address"        Outside  Any     ["Y"]                   "copy the article's address";
    HintLinks         "link-hints"          Outside  Any     ["F"]                   "label the links on the screen: a label opens, in capitals copies";
    OpenLink          "open-link"           Outside  Any     ["#"]                   "open a link by its number or its words";
    CopyLink          "copy-link"           Outside  Prompt  ["Ctrl-y"]              "copy the link instead of opening it";
    Versions          "versions"            Outside  Any     ["v"]                   "what changed since an earlier version";
    EarlierVersion    "earlier-version"     Outside  Versions ["h" "Left"]           "the change before";
    LaterVersion      "later-version"       Outside  Versions ["l" "Right"]          "the change after";
    Pipe              "pipe"                Outside  Any     ["|"]                   "give the article's text to a command";
    Edit              "edit"                Outside  Any     ["e"]                   "open a copy of the article's text in the editor";

    FocusNext         "focus-next"          Showing  Any     ["Tab"]                 "next pane";
    FocusPrevious     "focus-previous"      Showing  Any     ["Shift-Tab"]           "previous pane";
    ToggleList        "toggle-list"         Showing  Any     ["<"]                   "show or hide the list";
    TogglePanel       "toggle-panel"        Showing  Any     [">"]                   "show or hide the side panel";
    Zoom              "zoom"                Showing  Any     ["z"]                   "this pane alone, and back";
    Wider             "wider"               Showing  Any     ["+"]                   "wider text";
    Narrower          "narrower"            Showing  Any     ["-"]                   "narrower text";
    PickHighlights    "pick-highlights"     Showing  Any     ["x"]                   "choose what is highlighted";
    ToggleStatements  "toggle-statements"   Showing  Any     ["S"]                   "highlight statements, or not";
    TogglePeople      "toggle-people"       Showing  Any     ["P"]                   "highlight people, or not";
    ToggleOrganisations "toggle-organisations" Showing Any   ["O"]                   "highlight organisations, or not";
    TogglePlaces      "toggle-places"       Showing  Any     ["L"]                   "highlight places, or not";
    ToggleNationalities "toggle-nationalities" Showing Any   ["D"]                   "highlight nationalities, or not";
    ToggleHighlights  "toggle-highlights"   Showing  Any     ["H"]                   "all highlights off, and back";

    Help              "help"                Program  Any     ["?" "F1"]              "help";
    Reports           "reports"             Program  Any     ["!"]                   "what was left out or could not be read";
    Redraw            "redraw"              Program  Any     ["Ctrl-l"]              "draw the screen again";
    Suspend           "suspend"             Program  Any     ["Ctrl-z"]              "back to the shell; `fg` returns";
    Quit              "quit"                Program  Any     ["q" "Ctrl-c"]          "quit";
}

impl Command {
    /// Its row in [`COMMANDS`].
    pub fn info(self) -> &'static CommandInfo {
        &COMMANDS[self as usize]
    }

    /// The command with this name in `config.toml`.
    pub fn from_name(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|info| info.name == name).map(|info| info.command)
    }
}

impl Group {
    /// Every group, in the order of help.
    pub const ALL: [Group; 10] = [
        Group::Moving,
        Group::Facts,
        Group::Selecting,
        Group::Notes,
        Group::Finding,
        Group::Articles,
        Group::Feeds,
        Group::Outside,
        Group::Showing,
        Group::Program,
    ];

    /// The heading in help.
    pub fn title(self) -> &'static str {
        match self {
            Group::Moving => "Moving",
            Group::Facts => "Who said what",
            Group::Selecting => "Selecting words",
            Group::Notes => "Notes and corrections",
            Group::Finding => "Finding",
            Group::Articles => "Articles",
            Group::Feeds => "Feeds",
            Group::Outside => "Links, versions, other programs",
            Group::Showing => "Showing and hiding",
            Group::Program => "Program",
        }
    }
}

impl Context {
    /// Whether characters are typed there, so that only keys bound in this very context, and keys that are not
    /// characters, are commands.
    pub fn typing(self) -> bool {
        matches!(self, Context::Picker | Context::Prompt | Context::Note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn rows_stand_at_their_commands_index_and_names_are_unique() {
        let mut names = BTreeSet::new();
        for (index, info) in COMMANDS.iter().enumerate() {
            assert_eq!(info.command as usize, index);
            assert_eq!(Command::from_name(info.name), Some(info.command));
            assert!(names.insert(info.name), "{} twice", info.name);
        }
    }

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        let mut taken = BTreeSet::new();
        for info in COMMANDS {
            assert!(!info.keys.is_empty(), "{} has no key", info.name);
            for key in info.keys {
                assert!(taken.insert((info.context, *key)), "{key} twice in {:?}", info.context);
            }
        }
    }
}
