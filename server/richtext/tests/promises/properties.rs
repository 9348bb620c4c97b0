//! Random Markdown with every ingredient that ever caused trouble.

use proptest::collection::vec;
use proptest::prelude::*;
use richtext::{
    Limits, Mention, NoMentions, Resolved, Resolver, clean, clean_line, excerpt, find_mentions,
    plain, render, sanitize, slugify,
};

use crate::html_check::{elements, safe_elements};

const INGREDIENTS: &[&str] = &[
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```math\n",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n    ",
    "\n- [ ] ",
    "\n- [x] ",
    "\n# ",
    "\n### ",
    "\n---\n",
    "\n|a|b|\n|-|:-:|\n|",
    "|",
    "[",
    "](",
    ")",
    "![",
    "](/media/a.png)",
    "](https://example.org)",
    "](javascript:alert(1))",
    "](#a)",
    "]: /x\n",
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    "<i>",
    "<a href=\"/x\">",
    "<a href='javascript:1'>",
    "</a>",
    "<br>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "\n<details>\n<summary>",
    "<pre>",
    "</pre>",
    "\n<div>\n",
    "</div>",
    "<script>",
    "</script>",
    "<style>",
    "<svg onload=x>",
    "<math>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<img src=x onerror=y>",
    "<table><tr><td>",
    "<li>",
    "<p>",
    "</p>",
    "<sub>",
    "<sup>",
    "<code>",
    "</code>",
    "<noscript>",
    "<title>",
    "<textarea>",
    "<select>",
    "<h1>",
    "\"",
    "'",
    "=",
    "&",
    "&amp;",
    "&#x202E;",
    "&lt;",
    "&nbsp;",
    "&#0;",
    ";",
    "\\",
    "\\@",
    "\\#",
    "@",
    "@anna",
    "@+risk",
    "@anna_",
    "#topic",
    "#größe",
    "#",
    "$",
    "$$",
    "$$$",
    ":",
    "://",
    "https://e.org/",
    "www.e.org",
    "a@e.org",
    "mailto:a@e.org",
    "javascript:",
    "data:text/html,",
    "style=",
    "onclick=",
    "\u{202E}",
    "\u{200D}",
    "\u{FE0F}",
    "\u{301}",
    "\u{FDD0}",
    "\0",
    "\t",
    "\r",
    "\u{85}",
    "\u{2028}",
    "ä",
    "😀",
    "日本",
    " ",
    "  ",
    "   ",
    "word",
    "1",
];

struct Everybody;

impl Resolver for Everybody {
    fn person(&self, handle: &str) -> Option<Resolved> {
        Some(Resolved {
            href: format!("/people/{handle}"),
            label: format!("<{handle}> \"&'"),
        })
    }

    fn community(&self, slug: &str) -> Option<Resolved> {
        Some(Resolved {
            href: format!("/communities/{slug}"),
            label: slug.to_owned(),
        })
    }
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(INGREDIENTS).prop_map(str::to_owned),
        2 => "[a-zäöü ]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rendering_is_always_safe(source in markdown()) {
        let document = render(&source, &Everybody);
        elements(&document.html);
        prop_assert_eq!(&sanitize(&document.html), &document.html);
        let hidden = document.plain.contains(['\0', '\u{202E}']);
        prop_assert!(!hidden);
        let lines = document.excerpt.lines().count();
        prop_assert!(lines <= 1);
    }

    #[test]
    fn facts_agree_with_each_other(source in markdown()) {
        let candidates = find_mentions(&source);
        let document = render(&source, &Everybody);
        for mention in &document.mentions {
            prop_assert!(candidates.contains(mention));
            let shown = match mention {
                Mention::Person { handle } => format!("data-handle=\"{handle}\""),
                Mention::Community { slug } => format!("data-community=\"{slug}\""),
            };
            prop_assert!(document.html.contains(&shown));
        }
        prop_assert_eq!(plain(&source), render(&source, &NoMentions).plain);
    }

    #[test]
    fn foreign_html_is_always_safe(source in markdown()) {
        let html = sanitize(&source);
        safe_elements(&html);
        prop_assert_eq!(sanitize(&html), html);
    }

    #[test]
    fn cleaning_is_idempotent(source in markdown()) {
        if let Ok(text) = clean(&source, Limits::POST) {
            prop_assert_eq!(clean(&text, Limits::POST), Ok(text));
        }
        if let Ok(line) = clean_line(&source, 200) {
            prop_assert_eq!(clean_line(&line, 200), Ok(line.clone()));
            let broken = line.contains(['\n', '\t']);
            prop_assert!(!broken);
        }
    }

    #[test]
    fn any_characters_are_survived(source in any::<String>(), max in 0_usize..40) {
        elements(&render(&source, &Everybody).html);
        excerpt(&source, max);
        let slug = slugify(&source, max);
        prop_assert!(!slug.is_empty() && slug.len() <= max.max(1));
        prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        prop_assert_eq!(slugify(&slug, max), slug);
    }
}
