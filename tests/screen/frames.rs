use crate::desk::Desk;
use crate::stories;

#[test]
fn look() {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    println!("{}", desk.text());
    desk.keys("<Enter>]");
    println!("{}", desk.text());
    desk.resize(80, 24);
    println!("{}", desk.text());
    desk.resize(40, 12);
    println!("{}", desk.text());
    desk.keys("c");
    println!("{}", desk.text());
    desk.resize(120, 36);
    desk.keys("<Esc>3");
    println!("{}", desk.text());
    desk.keys("2");
    println!("{}", desk.text());
    desk.keys("4");
    println!("{}", desk.text());
    desk.keys("?");
    println!("{}", desk.text());
}
