//! Attempts to run a script in the reader's page. Every one goes through the reader of
//! [`crate::html_check`], which knows nothing but the list of what is allowed.

use richtext::{NoMentions, render, sanitize};

use crate::html_check::elements;

const ATTEMPTS: &[&str] = &[
    // javascript: and its disguises in Markdown links
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\tscript:alert(1)>)",
    "[x](<\u{1}javascript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61&#x76&#x61script:alert(1))",
    "[x](&#0000106avascript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](javascript:%61lert(1))",
    "[x](\u{FEFF}javascript:alert(1))",
    "[x](jav\u{AD}ascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "[x](view-source:javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](livescript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](blob:https://example.org/1)",
    "[x](filesystem:https://example.org/1)",
    "[x](https://example.org\" onmouseover=\"alert(1))",
    "[x](https://example.org 'a\" onmouseover=\"alert(1)')",
    "[x](/a \"\\\" onmouseover=\\\"alert(1)\")",
    "[x](//example.org/%0ajavascript:alert(1))",
    // references, autolinks, pictures
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]: <javascript:alert(1)> \"t\"\n\n[x]",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "<https://example.org/\"onmouseover=alert(1)>",
    "https://example.org/<script>alert(1)</script>",
    "www.example.org/\"onmouseover=\"alert(1)",
    "a@example.org\"onmouseover=alert(1)//",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](/media/x)",
    "![\"onerror=alert(1)//](/media/x)",
    "![x](/media/x\"onerror=alert(1)//)",
    "![x](https://example.org/x.png\"onerror=\"alert(1))",
    "![x](/media/../../evil)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[![x](x)](javascript:alert(1))",
    // elements
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<script\n>alert(1)</script\n>",
    "<<script>alert(1)//<</script>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    "<img src=\"/media/x\" onerror=\"alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<math><a xlink:href=\"javascript:alert(1)\">x</a></math>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<details><summary onclick=alert(1)>x</summary></details>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=j&#97;vascript&#x3A;alert(1)>x</a>",
    "<a href=/x onclick=alert(1)>x</a>",
    "<a href=\"/x\" style=\"position:fixed;inset:0\">x</a>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<b onmouseover=alert(1)>x</b>",
    "<br onclick=alert(1)>",
    "<kbd style=animation-name:x onanimationend=alert(1)>x</kbd>",
    "<p id=location>x</p><a id=csrf name=csrf>",
    "<template><script>alert(1)</script></template>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    // what a second parser reads differently
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style><p title=\"</style><img src=x onerror=alert(1)>\">",
    "<title><a title=\"</title><img src=x onerror=alert(1)>\">",
    "<textarea><a title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<svg><style><a title=\"</style><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math></br><style><img src=x onerror=alert(1)></style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml <script>alert(1)</script> ?>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<a <b href=javascript:alert(1)>x",
    "<a\u{0}href=javascript:alert(1)>x</a>",
    "<a\u{c}href=\"javascript:alert(1)\">x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    // through the Markdown structures
    "```\"><script>alert(1)</script>\nx\n```",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "# <img src=x onerror=alert(1)>",
    "# \"><script>alert(1)</script>",
    "|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "$$<img src=x onerror=alert(1)>$$",
    "$$\"><script>alert(1)</script>$$",
    "- [x] <img src=x onerror=alert(1)>",
    "#\"><script>alert(1)</script>",
    "@\"><script>alert(1)</script>",
    "<details>\n<summary><script>alert(1)</script></summary>\n\n<svg onload=alert(1)>\n\n</details>",
    "<div>\n<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n</div>",
    "<pre>\n<script>alert(1)</script>\n</pre>",
    "*<b onclick=alert(1)>*x*</b>*",
    "\\<script>alert(1)</script>",
    "<a href=\"/x\">[y](javascript:alert(1))</a>",
    "[<a href=\"javascript:alert(1)\">x</a>](https://example.org)",
];

#[test]
fn no_attempt_gets_through_rendering() {
    assert!(ATTEMPTS.len() >= 60);
    for attempt in ATTEMPTS {
        for source in [
            (*attempt).to_owned(),
            format!("Text {attempt} Text"),
            format!("> - {attempt}\n\n{attempt}"),
            format!("<details>\n{attempt}\n</details>"),
        ] {
            let html = render(&source, &NoMentions).html;
            elements(&html);
            assert_eq!(sanitize(&html), html, "{source}");
        }
    }
}

#[test]
fn no_attempt_gets_through_the_sanitiser_alone() {
    for attempt in ATTEMPTS {
        let html = sanitize(attempt);
        elements(&html);
        assert_eq!(sanitize(&html), html, "{attempt}");
    }
}
