use richtext::{NoMentions, RenderOptions, excerpt, plain, render, render_with, sanitize};

use crate::html_check::{elements, values};

const REL: &str = " rel=\"noopener noreferrer nofollow\"";

fn html(source: &str) -> String {
    let document = render(source, &NoMentions);
    elements(&document.html);
    document.html.trim().replace(REL, "")
}

#[test]
fn commonmark_and_its_usual_extensions() {
    for (source, expected) in [
        (
            "**fett** _kursiv_ ~~weg~~ `code`",
            "<p><strong>fett</strong> <em>kursiv</em> <del>weg</del> <code>code</code></p>",
        ),
        ("eins\nzwei", "<p>eins<br>\nzwei</p>"),
        ("> zitat", "<blockquote><p>zitat</p>\n</blockquote>"),
        ("- a\n- b", "<ul><li>a\n</li>\n<li>b\n</li>\n</ul>"),
        (
            "- a\n\n- b",
            "<ul><li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>",
        ),
        ("3. a", "<ol start=\"3\"><li>a\n</li>\n</ol>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        (
            "a &amp; b &lt;c&gt; &nbsp;",
            "<p>a &amp; b &lt;c&gt; &nbsp;</p>",
        ),
        (
            "```rust\nlet a = 1 < 2;\n```",
            "<pre tabindex=\"0\"><code class=\"language-rust\">let a = 1 &lt; 2;\n</code></pre>",
        ),
        (
            "    eingerückt",
            "<pre tabindex=\"0\"><code>eingerückt\n</code></pre>",
        ),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn tasks_are_drawn() {
    assert_eq!(
        html("- [ ] offen\n- [x] fertig"),
        "<ul><li class=\"task\"><span class=\"task-box\">☐</span> offen\n</li>\n\
         <li class=\"task done\"><span class=\"task-box\">☑</span> fertig\n</li>\n</ul>"
    );
    assert_eq!(plain("- [ ] offen\n- [x] fertig"), "☐ offen\n☑ fertig");
}

#[test]
fn tables_scroll_on_their_own() {
    assert_eq!(
        html("| a | b |\n|:--|--:|\n| 1 | 2 |").replace('\n', ""),
        "<div class=\"table-scroll\" tabindex=\"0\"><table><thead><tr><th class=\"align-left\">a</th>\
         <th class=\"align-right\">b</th></tr></thead><tbody><tr><td class=\"align-left\">1</td>\
         <td class=\"align-right\">2</td></tr></tbody></table></div>"
    );
    assert_eq!(plain("| a | b |\n|---|---|\n| 1 | 2 |"), "a | b\n1 | 2");
}

#[test]
fn headings_start_at_the_level_the_page_leaves_them() {
    assert_eq!(
        html("# A\n## B\n# A").replace('\n', ""),
        "<h3 id=\"user-a\">A</h3><h4 id=\"user-b\">B</h4><h3 id=\"user-a-1\">A</h3>"
    );
    assert_eq!(html("#### Tief"), "<h3 id=\"user-tief\">Tief</h3>");
    assert_eq!(
        html("# A\n###### F").replace('\n', ""),
        "<h3 id=\"user-a\">A</h3><h6 id=\"user-f\">F</h6>"
    );
    let options = RenderOptions {
        top_heading: 1,
        line_breaks: false,
        anchor_scope: Some("p7".to_owned()),
    };
    let page = render_with("# Über uns\n\na\nb [hin](#über-uns)", &NoMentions, &options);
    assert_eq!(
        page.html.trim().replace(REL, ""),
        "<h1 id=\"user-p7-über-uns\">Über uns</h1>\n<p>a\nb <a href=\"#user-p7-über-uns\">hin</a></p>"
    );
    assert_eq!(page.plain, "Über uns\na b hin");
}

#[test]
fn anchors_are_unique_and_links_to_none_are_text() {
    assert_eq!(
        values(&html("# a\n# a\n# a-1\n# !!"), "id"),
        ["user-a", "user-a-1", "user-a-1-1", "user-section"]
    );
    assert_eq!(html("[said](#narrow/stream/1)"), "<p>said</p>");
}

#[test]
fn links_lead_to_the_web_to_mail_and_into_this_site_only() {
    for (source, expected) in [
        (
            "https://example.org/a_b.",
            "<p><a href=\"https://example.org/a_b\">https://example.org/a_b</a>.</p>",
        ),
        (
            "www.example.org",
            "<p><a href=\"http://www.example.org/\">www.example.org</a></p>",
        ),
        (
            "a@example.org",
            "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>",
        ),
        (
            "[x](/communities/1?a=b#c \"Titel\")",
            "<p><a href=\"/communities/1?a=b#c\" title=\"Titel\">x</a></p>",
        ),
        (
            "[x](<https://bücher.example/ä b>)",
            "<p><a href=\"https://xn--bcher-kva.example/%C3%A4%20b\">x</a></p>",
        ),
        (
            "[](https://example.org)",
            "<p><a href=\"https://example.org/\">https://example.org</a></p>",
        ),
        (
            "<https://example.org>",
            "<p><a href=\"https://example.org/\">https://example.org</a></p>",
        ),
        ("[x](ftp://example.org)", "<p>x</p>"),
        ("[x](//example.org)", "<p>x</p>"),
        ("[x](/\\example.org)", "<p>x</p>"),
        ("[x](/.//example.org)", "<p>x</p>"),
        (
            "[x](/%09/example.org)",
            "<p><a href=\"/%09/example.org\">x</a></p>",
        ),
        ("[x](relative/path)", "<p>x</p>"),
        ("[x](https://bank.example@example.org)", "<p>x</p>"),
        ("[x](mailto:)", "<p>x</p>"),
        ("[x](file:///etc/passwd)", "<p>x</p>"),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn external_links_are_collected_once() {
    let document = render(
        "https://a.example https://a.example/ [x](/local) [y](http://b.example/?q) a@b.de ![p](https://c.example/p.png)",
        &NoMentions,
    );
    assert_eq!(
        document.links,
        [
            "https://a.example/",
            "http://b.example/?q",
            "https://c.example/p.png"
        ]
    );
}

#[test]
fn pictures_come_from_our_media_only() {
    assert_eq!(
        html("![Ein *Bild*](/media/ab/c.png \"T\")"),
        "<p><img src=\"/media/ab/c.png\" alt=\"Ein Bild\" loading=\"lazy\" title=\"T\"></p>"
    );
    assert_eq!(
        html("![Katze](https://example.org/cat.png)"),
        "<p><a class=\"external-picture\" href=\"https://example.org/cat.png\">Katze</a></p>"
    );
    assert_eq!(
        html("![](https://example.org/cat.png)"),
        "<p><a class=\"external-picture\" href=\"https://example.org/cat.png\">https://example.org/cat.png</a></p>"
    );
    assert_eq!(
        html("[![Siegel](https://example.org/s.svg)](https://example.org)"),
        "<p><a href=\"https://example.org/\">Siegel</a></p>"
    );
    assert_eq!(html("![x](data:image/png;base64,AAAA)"), "<p>x</p>");
    for outside in [
        "/media/../graphql",
        "/media/%2e%2e/x",
        "/mediax/a",
        "//media/a",
        "/media\\..\\..\\x",
    ] {
        assert!(
            values(
                &render(&format!("![x](<{outside}>)"), &NoMentions).html,
                "src"
            )
            .is_empty(),
            "{outside}"
        );
    }
}

#[test]
fn formulas_stay_readable_and_prices_stay_prices() {
    assert_eq!(
        html("Sei $$x_1 * y_2 * z$$ gegeben"),
        "<p>Sei <code class=\"math\">x_1 * y_2 * z</code> gegeben</p>"
    );
    assert_eq!(
        html("$$\na_b < c\n$$"),
        "<p><code class=\"math math-block\">a_b &lt; c</code></p>"
    );
    assert_eq!(
        html("```math\n\\frac{a}{b}\n```"),
        "<pre class=\"math\" tabindex=\"0\"><code class=\"language-math\">\\frac{a}{b}\n</code></pre>"
    );
    assert_eq!(html("5$/Tag und *10$*"), "<p>5$/Tag und <em>10$</em></p>");
    assert_eq!(
        html("5$/Tag, $$x$$ und `$HOME` 10$ $$$"),
        "<p>5$/Tag, <code class=\"math\">x</code> und <code>$HOME</code> 10$ $$$</p>"
    );
}

#[test]
fn html_left_in_real_text_reads_pleasantly() {
    for (source, expected) in [
        (
            "H<sub>2</sub>O<br>x<sup>2</sup> <kbd>Strg</kbd>",
            "<p>H<sub>2</sub>O<br>\nx<sup>2</sup> <kbd>Strg</kbd></p>",
        ),
        ("<b>offen", "<p><b>offen</b></p>"),
        ("a </b> b", "<p>a  b</p>"),
        ("<b>x <i>y</b> z</i>", "<p><b>x <i>y</i></b> z</p>"),
        (
            "<span style=\"color:red\">rot</span> <font size=7>groß</font>",
            "<p>rot groß</p>",
        ),
        (
            "nimm `Vec` oder Vec<u32> statt <predict>",
            "<p>nimm <code>Vec</code> oder Vec&lt;u32&gt; statt &lt;predict&gt;</p>",
        ),
        ("weg <!-- heimlich --> da", "<p>weg  da</p>"),
        (
            "<a href='https://example.org/?a=1&amp;b=2' onclick=x()>hin</a>",
            "<p><a href=\"https://example.org/?a=1&amp;b=2\">hin</a></p>",
        ),
        (
            "<img src=https://example.org/x.png alt=Bild>",
            "<p><a class=\"external-picture\" href=\"https://example.org/x.png\">Bild</a></p>",
        ),
        (
            "<abbr title=\"Zum Beispiel\">z.&nbsp;B.</abbr>",
            "<p><abbr title=\"Zum Beispiel\">z.&nbsp;B.</abbr></p>",
        ),
        (
            "<div align=center>\n<p>Hallo&nbsp;&uuml;</p>\n<ul><li>eins<li>zwei</ul>\n</div>",
            "<p>Hallo&nbsp;ü</p><p>• eins</p><p>• zwei</p>",
        ),
        (
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn foldable_sections_hold_markdown() {
    assert_eq!(
        html("<details open>\n<summary>Mehr <b>dazu</b></summary>\n\n- *Punkt*\n\n</details>\n\nDanach").replace('\n', ""),
        "<details><summary>Mehr <b>dazu</b></summary><ul><li><em>Punkt</em></li></ul></details><p>Danach</p>"
    );
    assert_eq!(
        html("> <details>\n>\n> offen\n\ndraußen").replace('\n', ""),
        "<blockquote><details><p>offen</p></details></blockquote><p>draußen</p>"
    );
    assert_eq!(html("<summary>ohne</summary>"), "<p>ohne</p>");
}

#[test]
fn code_keeps_only_a_language() {
    assert_eq!(
        values(&html("```c++ linenos\nx\n```"), "class"),
        ["language-c++"]
    );
    assert_eq!(
        values(&html("```\"onload=x\nx\n```"), "class"),
        Vec::<String>::new()
    );
    assert_eq!(
        values(&html(&format!("```{}\nx\n```", "a".repeat(80))), "class"),
        Vec::<String>::new()
    );
}

#[test]
fn entities_cannot_smuggle_what_cleaning_removes() {
    let document = render(
        "a&#x202E;b&#x200B;c&#xFEFF; `x\u{202E}y` [l&#x2066;](/x)",
        &NoMentions,
    );
    for output in [&document.html, &document.plain] {
        assert!(
            !output.contains(['\u{202E}', '\u{200B}', '\u{FEFF}', '\u{2066}']),
            "{output:?}"
        );
    }
}

#[test]
fn plain_text_has_one_line_per_block() {
    assert_eq!(
        plain(
            "# Titel\n\nErster *Absatz* mit [Link](https://example.org).\nZweite Zeile\n\n1. eins\n2. zwei\n   - drei\n\n> Zitat\n\n```\nco\nde\n```\n![Bild](/media/x.png) $$x$$"
        ),
        "Titel\nErster Absatz mit Link.\nZweite Zeile\n1. eins\n2. zwei\n- drei\nZitat\nco\nde\nBild x"
    );
    assert_eq!(plain(""), "");
}

#[test]
fn excerpts_are_short_and_come_with_the_document() {
    assert_eq!(excerpt("**Eins** zwei\n\ndrei vier", 13), "Eins zwei…");
    let document = render(&"Wort und ".repeat(100), &NoMentions);
    assert!(document.excerpt.ends_with('…'));
    assert!(document.excerpt.chars().count() <= 281);
    assert_eq!(render("kurz", &NoMentions).excerpt, "kurz");
}

#[test]
fn foreign_html_can_be_sanitised_on_its_own() {
    assert_eq!(
        sanitize(
            "<p onclick=x style=y>a<script>b</script><a href=javascript:x>c</a><h2 id=x class=y>d</h2>"
        ),
        format!("<p>a<a{REL}>c</a></p><h2>d</h2>")
    );
}
