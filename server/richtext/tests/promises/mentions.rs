use richtext::{Document, Mention, NoMentions, Resolved, Resolver, find_mentions, render};

use crate::html_check::values;

struct Staff;

impl Resolver for Staff {
    fn person(&self, handle: &str) -> Option<Resolved> {
        let (href, label) = match handle {
            "anna" => ("/people/1", "Anna <Schmidt>"),
            "bob_2" => ("/people/2", "Bob"),
            "eve" => ("javascript:alert(1)", "Eve"),
            "max" => ("//elsewhere.example", "Max"),
            _ => return None,
        };
        Some(Resolved {
            href: href.to_owned(),
            label: label.to_owned(),
        })
    }

    fn community(&self, slug: &str) -> Option<Resolved> {
        (slug == "risk").then(|| Resolved {
            href: "/communities/risk".to_owned(),
            label: "Risk & Co".to_owned(),
        })
    }
}

fn person(handle: &str) -> Mention {
    Mention::Person {
        handle: handle.to_owned(),
    }
}

fn community(slug: &str) -> Mention {
    Mention::Community {
        slug: slug.to_owned(),
    }
}

fn html(source: &str) -> String {
    render(source, &Staff).html.trim().to_owned()
}

#[test]
fn people_and_communities_become_links() {
    assert_eq!(
        html("Frag @Anna."),
        "<p>Frag <a class=\"mention\" href=\"/people/1\" data-handle=\"anna\" \
         rel=\"noopener noreferrer nofollow\">@Anna &lt;Schmidt&gt;</a>.</p>"
    );
    assert_eq!(
        html("@+risk"),
        "<p><a class=\"mention mention-community\" href=\"/communities/risk\" \
         data-community=\"risk\" rel=\"noopener noreferrer nofollow\">@Risk &amp; Co</a></p>"
    );
    assert_eq!(
        render("Hallo @anna!", &Staff).plain,
        "Hallo @Anna <Schmidt>!"
    );
}

#[test]
fn only_resolved_mentions_count_each_once_in_order() {
    let document = render(
        "@nobody @+risk @ANNA @bob\\_2 @anna @+none *@bob_2*",
        &Staff,
    );
    assert_eq!(
        document.mentions,
        [community("risk"), person("anna"), person("bob_2")]
    );
    assert!(document.html.contains("@nobody"));
    assert!(document.html.contains("@+none"));
}

#[test]
fn the_shorter_reading_is_taken_if_the_longer_is_unknown() {
    let document = render("_@anna_ und @anna-, @bob_2_", &Staff);
    assert_eq!(document.mentions, [person("anna"), person("bob_2")]);
    assert!(document.html.contains("</a>-,"));
}

#[test]
fn code_links_addresses_and_escapes_stay_untouched() {
    for source in [
        "`@anna`",
        "```\n@anna #topic\n```",
        "    @anna",
        "[@anna](https://example.org)",
        "anna@example.org",
        "x@anna",
        "https://example.org/@anna",
        "\\@anna",
        "<code>@anna</code>",
        "<a href=\"/x\">@anna</a>",
        "$$@anna$$",
        "![@anna](/media/x.png)",
    ] {
        let document = render(source, &Staff);
        assert!(document.mentions.is_empty(), "{source}: {}", document.html);
        assert!(document.topics.is_empty(), "{source}");
    }
}

#[test]
fn mentions_work_wherever_text_stands() {
    for source in [
        "# @anna",
        "> @anna",
        "- [ ] @anna",
        "|a|\n|-|\n|@anna|",
        "**@anna**",
        "<details>\n<summary>@anna</summary>\n</details>",
        "&#64;anna",
        "(@anna)",
        "@nobody/@anna",
    ] {
        assert_eq!(
            render(source, &Staff).mentions,
            [person("anna")],
            "{source}"
        );
    }
}

#[test]
fn an_unsafe_answer_counts_as_none() {
    let document = render("@eve @max", &Staff);
    assert_eq!(document.mentions, []);
    assert_eq!(document.html.trim(), "<p>@eve @max</p>");
}

#[test]
fn candidates_are_collected_before_anybody_is_known() {
    assert_eq!(
        find_mentions("@Anna, @+Risk, `@code`, @bob_ und nochmal @anna; a@b.de"),
        [
            person("anna"),
            community("risk"),
            person("bob_"),
            person("bob")
        ]
    );
    assert_eq!(find_mentions("nichts"), []);
}

#[test]
fn topics_become_links() {
    let document = render(
        "#Größe, #kredit-risiko und #größe. `#code` [#link](/x) \\#kein",
        &NoMentions,
    );
    assert_eq!(document.topics, ["größe", "kredit-risiko"]);
    assert_eq!(
        values(&document.html, "href"),
        [
            "/topics/gr%C3%B6%C3%9Fe",
            "/topics/kredit-risiko",
            "/topics/gr%C3%B6%C3%9Fe",
            "/x"
        ]
    );
    assert!(document.html.contains(">#Größe</a>"));
}

#[test]
fn a_line_that_starts_with_a_topic_is_no_heading() {
    let document = render(
        "#Kreditrisiko ist da\n\n# Titel\n\n## 2\\. #Thema ##",
        &NoMentions,
    );
    assert_eq!(document.topics, ["kreditrisiko", "thema"]);
    assert!(document.html.contains("<h3 id=\"user-titel\">Titel</h3>"));
}

#[test]
fn very_many_words_stop_being_links() {
    let document: Document = render(&"#ab ".repeat(5_000), &NoMentions);
    assert_eq!(values(&document.html, "href").len(), 500);
    assert_eq!(document.topics, ["ab"]);
}
