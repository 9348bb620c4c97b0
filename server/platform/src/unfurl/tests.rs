//! What a link card promises to its reader.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

use proptest::prelude::*;

use super::*;

fn page(body: &[u8], content_type: &str) -> Fetched {
    Fetched {
        final_url: Url::parse("https://www.example.org/news/1?x=2").unwrap(),
        content_type: content_type.to_owned(),
        body: body.to_vec(),
        is_truncated: false,
    }
}

fn unfurled(html: &str) -> LinkCard {
    card(&page(html.as_bytes(), "text/html; charset=utf-8")).unwrap()
}

#[test]
fn open_graph_is_preferred_then_twitter_then_the_page_itself() {
    let html = r#"<!DOCTYPE html><html><head><title>Page title</title>
        <meta name="description" content="Page description">
        <meta name="twitter:title" content="Twitter title">
        <meta name="twitter:description" content="Twitter description">
        <meta property="og:title" content="Open Graph title">
        <meta property="og:description" content="Open Graph description">
        <meta property="og:site_name" content="Example News">
        <meta property="og:image" content="https://tracker.example/pixel.gif"></head>"#;
    let card = unfurled(html);
    assert_eq!(card.title, "Open Graph title");
    assert_eq!(card.description.as_deref(), Some("Open Graph description"));
    assert_eq!(card.site_name, "Example News");
    assert_eq!(card.url, "https://www.example.org/news/1?x=2");

    assert_eq!(unfurled(&html.replace("og:", "xx:")).title, "Twitter title");
    let plain = unfurled(&html.replace("og:", "xx:").replace("twitter:", "yy:"));
    assert_eq!(plain.title, "Page title");
    assert_eq!(plain.description.as_deref(), Some("Page description"));
    assert_eq!(plain.site_name, "example.org");
}

#[test]
fn real_markup_is_read() {
    for (html, title) in [
        ("<title>\n  Two   lines\n here </title>", "Two lines here"),
        ("<TITLE lang=de>Groß</TITLE>", "Groß"),
        (
            "<title>A &amp; B &ndash; caf&eacute; &#8217;x&#x27; &#150; &unknown; &</title>",
            "A & B – café ’x' – &unknown; &",
        ),
        ("<title>&amp;lt;b&amp;gt;</title>", "&lt;b&gt;"),
        (
            "<meta content='Single quotes' property=og:title>",
            "Single quotes",
        ),
        ("<meta property=og:title content=Bare>", "Bare"),
        (
            "<META PROPERTY='OG:Title' CONTENT=\"Upper > case\"/>",
            "Upper > case",
        ),
        ("<meta name='og:title' content='By name' />", "By name"),
        ("<!-- <title>No</title> --><title>Yes</title>", "Yes"),
        (
            "<script>var t = '<title>No</title>';</script><title>Yes</title>",
            "Yes",
        ),
        (
            "<style>a{content:'<title>No</title>'}</style><title>Yes</title>",
            "Yes",
        ),
        ("<svg><title>Icon</title></svg><title>Yes</title>", "Yes"),
        (
            "<title></title><meta property='og:title' content=' '><title>Second</title>",
            "Second",
        ),
        ("<a title=\"<title>No</title>\"><title>Yes</title>", "Yes"),
        ("a < b <title>Yes</title>", "Yes"),
        ("<title>Never closed", "Never closed"),
        ("<title>Bold <b>inside</b></title>", "Bold <b>inside</b>"),
    ] {
        assert_eq!(unfurled(html).title, title, "{html}");
    }
}

#[test]
fn encodings_are_recognised() {
    let german = |bytes: &[u8], content_type: &str| card(&page(bytes, content_type)).unwrap().title;
    assert_eq!(
        german(
            b"<title>Gr\xfc\xdfe</title>",
            "text/html; charset=ISO-8859-1"
        ),
        "Grüße"
    );
    assert_eq!(
        german(
            b"<meta charset=\"windows-1252\"><title>Gr\xfc\xdfe</title>",
            "text/html"
        ),
        "Grüße"
    );
    let http_equiv = b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-15'><title>\xa4</title>";
    assert_eq!(german(http_equiv, "text/html"), "€");
    assert_eq!(german(b"<title>Gr\xfc\xdfe</title>", "text/html"), "Grüße");
    assert_eq!(
        german("<title>Grüße</title>".as_bytes(), "text/html"),
        "Grüße"
    );
    assert_eq!(
        german(
            "\u{feff}<title>Grüße</title>".as_bytes(),
            "text/html; charset=latin1"
        ),
        "Grüße"
    );
    let utf16: Vec<u8> = "\u{feff}<title>Grüße</title>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(german(&utf16, "text/html"), "Grüße");
    assert_eq!(
        german(b"<meta charset=utf-16><title>ASCII</title>", "text/html"),
        "ASCII"
    );
    let shift_jis = b"<title>\x93\xfa\x96\x7b</title>";
    assert_eq!(
        german(shift_jis, "text/html; charset=\"Shift_JIS\""),
        "日本"
    );
}

#[test]
fn deceptive_characters_and_length_are_taken_out() {
    let card = unfurled(&format!(
        "<title>safe\u{202e}gpj.exe\u{0}\u{7}\u{200b}</title><meta name=description content='{}'>",
        "word ".repeat(500)
    ));
    assert_eq!(card.title, "safegpj.exe");
    let description = card.description.unwrap();
    assert!(description.chars().count() <= 400 && description.ends_with('…'));
    let long = unfurled(&format!("<title>{}</title>", "ä".repeat(1000)));
    assert_eq!(long.title.chars().count(), 200);
}

#[test]
fn other_files_and_pages_without_a_title_have_no_card() {
    for content_type in [
        "application/pdf",
        "image/png",
        "",
        "text/plain; x=text/html",
    ] {
        let result = card(&page(b"<title>x</title>", content_type));
        assert!(
            matches!(result, Err(UnfurlError::NotHtml)),
            "{content_type}"
        );
    }
    let result = card(&page(b"<p>nothing</p>", "TEXT/HTML;charset=utf-8"));
    assert!(matches!(result, Err(UnfurlError::NoTitle)));
    let far = format!("{}<title>too far down</title>", " ".repeat(MAX_HTML_BYTES));
    assert!(matches!(
        card(&page(far.as_bytes(), "text/html")),
        Err(UnfurlError::NoTitle)
    ));
}

#[test]
fn a_description_that_repeats_the_title_is_left_out() {
    let card = unfurled("<title>Same</title><meta name=description content=Same>");
    assert_eq!(card.description, None);
}

proptest! {
    #[test]
    fn every_page_gives_clean_text_or_nothing(
        parts in prop::collection::vec(prop_oneof![
            Just("<title>".to_owned()), Just("</title>".to_owned()), Just("<meta property=og:title content=".to_owned()),
            Just("\"".to_owned()), Just("'".to_owned()), Just(">".to_owned()), Just("<!--".to_owned()), Just("-->".to_owned()),
            Just("<script>".to_owned()), Just("</script".to_owned()), Just("&#x".to_owned()), Just("&amp".to_owned()), Just(";".to_owned()),
            "[ -~]{0,12}", "\\PC{0,6}", "[\u{202a}-\u{202e}\\x00-\\x1f]{0,3}",
        ], 0..40),
        junk in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut body = parts.concat().into_bytes();
        body.extend_from_slice(&junk);
        for content_type in ["text/html; charset=utf-8", "text/html", "text/html; charset=utf-16le", "text/html; charset=gbk"] {
            if let Ok(card) = card(&page(&body, content_type)) {
                prop_assert!(!card.title.is_empty() && card.title.chars().count() <= MAX_TITLE_CHARS);
                for text in [Some(&card.title), card.description.as_ref(), Some(&card.site_name)].into_iter().flatten() {
                    prop_assert!(!text.chars().any(is_deceptive));
                    prop_assert!(text.chars().count() <= MAX_DESCRIPTION_CHARS);
                }
            }
        }
    }
}
