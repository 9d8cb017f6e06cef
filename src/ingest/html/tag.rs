//! The elements of HTML, as far as they mean something for a text.

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element by its name, or a piece of text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(in crate::ingest) enum Tag {
            /// A text.
            Text,
            /// An element that means nothing here.
            Other,
            $($variant,)*
        }

        impl Tag {
            /// The element with this name in lower case.
            pub(in crate::ingest) fn of(name: &str) -> Self {
                match name {
                    $($name => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Area "area" Article "article" Aside "aside" Audio "audio" B "b" Base "base"
    Blockquote "blockquote" Body "body" Br "br" Button "button" Canvas "canvas" Caption "caption" Center "center"
    Cite "cite" Code "code" Col "col" Colgroup "colgroup" Datalist "datalist" Dd "dd" Details "details" Dialog "dialog"
    Dir "dir" Div "div" Dl "dl" Dt "dt" Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption"
    Figure "figure" Font "font" Footer "footer" Form "form" Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4"
    H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i" Iframe "iframe" Img "img"
    Input "input" Kbd "kbd" Label "label" Legend "legend" Li "li" Link "link" Listing "listing" Main "main" Map "map"
    Math "math" Menu "menu" Meta "meta" Meter "meter" Nav "nav" Noembed "noembed" Noframes "noframes"
    Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup" Option "option" P "p" Param "param"
    Picture "picture" Pre "pre" Progress "progress" Q "q" S "s" Samp "samp" Script "script" Search "search"
    Section "section" Select "select" Small "small" Source "source" Span "span" Strong "strong" Style "style" Sub "sub"
    Summary "summary" Sup "sup" Svg "svg" Table "table" Tbody "tbody" Td "td" Template "template"
    Textarea "textarea" Tfoot "tfoot" Th "th" Thead "thead" Time "time" Title "title" Tr "tr" Track "track" Tt "tt"
    U "u" Ul "ul" Video "video" Wbr "wbr" Xmp "xmp"
}

impl Tag {
    /// Whether the element has neither content nor end tag.
    pub(in crate::ingest) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr
        )
    }

    /// Whether nothing in the element is text to read.
    pub(in crate::ingest) fn is_skipped(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Script
                | Style
                | Template
                | Svg
                | Math
                | Noscript
                | Iframe
                | Object
                | Audio
                | Video
                | Canvas
                | Select
                | Textarea
                | Button
                | Datalist
                | Noembed
                | Noframes
                | Xmp
                | Dialog
                | Map
                | Progress
                | Meter
                | Title
        )
    }

    /// Whether the element begins and ends a block of text.
    pub(in crate::ingest) fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | Frameset
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | Ul
        )
    }

    /// The level of a heading.
    pub(in crate::ingest) fn heading(self) -> Option<u8> {
        match self {
            Tag::H1 => Some(1),
            Tag::H2 => Some(2),
            Tag::H3 => Some(3),
            Tag::H4 => Some(4),
            Tag::H5 => Some(5),
            Tag::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether it may stand in the head of a page.
    pub(super) fn is_of_head(self) -> bool {
        use Tag::*;
        matches!(self, Base | Link | Meta | Noscript | Script | Style | Template | Title)
    }

    /// Whether the end tag of an element outside it does not count within it.
    pub(super) fn is_scope(self) -> bool {
        use Tag::*;
        matches!(self, Table | Td | Th | Caption | Template | Object)
    }
}
