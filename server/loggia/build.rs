//! Tells cargo to look again when the web client was built anew.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
