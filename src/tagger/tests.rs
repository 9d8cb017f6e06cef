//! The tagger with the weights that come with the program.

use super::*;

fn tagger() -> &'static Tagger {
    Tagger::builtin().unwrap()
}

const TEXT: &str = "“We will not wait,” said Jana Škoda, the envoy to São Tomé. The minister said that talks in 北京 had \
    failed.\n\nMcDonald added: “Nobody’s asked us.”";

#[test]
fn who_said_what_is_tagged() {
    let tagger = tagger();
    let tags = tagger.tag(TEXT);
    let of = |role| -> Vec<&str> {
        tags.roles.iter().filter(|tagged| tagged.role == role).map(|tagged| tagged.span.of(TEXT)).collect()
    };
    assert_eq!(of(Role::Cue), ["said", "said", "added:"]);
    assert_eq!(of(Role::Source), ["Jana Škoda, the envoy to São Tomé", "The minister", "McDonald"]);
    assert!(of(Role::Content)[0].contains("We will not wait"), "{:?}", of(Role::Content));
    let people: Vec<&str> =
        tags.names.iter().filter(|name| name.kind == "PERSON").map(|name| name.span.of(TEXT)).collect();
    assert!(people.contains(&"Jana Škoda"), "{people:?}");
}

#[test]
fn every_processor_and_number_of_threads_gives_the_same_tags() {
    let tagger = tagger();
    // Several windows.
    let long = TEXT.repeat(14);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for text in ["", "Yes", TEXT, &long] {
        let tags = tagger.tag(text);
        for processor in Processor::all() {
            assert!(tagger.tag_on(processor, text) == tags, "{processor:?}");
        }
        assert!(one.install(|| tagger.tag(text)) == tags, "one thread");
    }
}

#[test]
fn a_file_that_is_none_or_damaged_is_refused() {
    let good = include_bytes!("../../assets/model/tagger.bin");
    let refused = |bytes: Vec<u8>| Tagger::new(Cow::Owned(bytes)).err();
    assert_eq!(refused(Vec::new()), Some(Fault::Foreign));
    assert_eq!(refused(b"PK\x03\x04 an archive".to_vec()), Some(Fault::Foreign));
    assert!(matches!(refused(good[..good.len() - 1].to_vec()), Some(Fault::Damaged(_))));
    assert!(matches!(refused(good[..20].to_vec()), Some(Fault::Damaged(_))));
    let mut changed = good.to_vec();
    *changed.last_mut().unwrap() ^= 1;
    assert!(matches!(refused(changed), Some(Fault::Damaged(_))));
    let mut newer = good.to_vec();
    newer[7] = 9;
    assert_eq!(refused(newer), Some(Fault::Form(9)));
}
