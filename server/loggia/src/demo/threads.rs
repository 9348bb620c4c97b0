//! What the people of the invented bank wrote in the last three weeks.

/// What a thread is for.
pub(super) enum Kind {
    Discussion,
    /// With the place of the best answer among the replies.
    Question(Option<usize>),
    /// Badge and handles.
    Praise(content_badge::Badge, &'static [&'static str]),
    /// Options, several allowed, anonymous, hours until it closes.
    Poll(&'static [&'static str], bool, bool, i64),
    Announcement,
    /// Number of votes.
    Idea(usize, Option<(IdeaStep, &'static str)>),
}

/// What became of an idea.
#[derive(Clone, Copy)]
pub(super) enum IdeaStep {
    Planned,
    Done,
    Declined,
}

pub(super) mod content_badge {
    //! The badges, under the name the posts room gives them.
    pub(in crate::demo) use posts::model::PraiseBadge as Badge;
}

use content_badge::Badge;

/// A reply: minutes after the post, who, what, number of reactions.
pub(super) type Reply = (i64, &'static str, &'static str, usize);

/// A thread.
pub(super) struct Thread {
    pub(super) place: &'static str,
    pub(super) author: &'static str,
    /// How long ago, in hours.
    pub(super) hours_ago: i64,
    pub(super) kind: Kind,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    pub(super) reactions: &'static [(&'static str, usize)],
    pub(super) replies: &'static [Reply],
    pub(super) is_pinned: bool,
}

const fn thread(
    place: &'static str,
    author: &'static str,
    hours_ago: i64,
    kind: Kind,
    body: &'static str,
) -> Thread {
    Thread {
        place,
        author,
        hours_ago,
        kind,
        title: "",
        body,
        reactions: &[],
        replies: &[],
        is_pinned: false,
    }
}

/// All of them; `alle` is the all-company community.
// A table of texts, laid out by hand.
#[rustfmt::skip]
pub(super) const THREADS: &[Thread] = &[
    Thread {
        title: "Willkommen in unserem neuen Netzwerk",
        reactions: &[("🎉", 24), ("👍", 17), ("❤️", 9)],
        replies: &[
            (14, "birgit.moeller", "Endlich ein Ort, an dem auch Lübeck mitreden kann. 😊", 8),
            (40, "priya.raman", "Thank you! Is there a place for questions in English, too?", 2),
            (55, "mirjam.vogel", "Yes, everywhere. Write in the language you think in; most of us read both.", 11),
            (180, "uwe.ziegler", "Gibt es eine Regel, wann man hier schreibt und wann eine Mail?", 3),
            (200, "johanna.petersen", "Faustregel: Geht es mehr als zwei Menschen an, gehört es hierher.", 14),
        ],
        is_pinned: true,
        ..thread(
            "alle",
            "henrike.lindner",
            480,
            Kind::Announcement,
            "Liebe Kolleginnen und Kollegen,\n\nab heute haben wir einen gemeinsamen Ort: für Fragen, gute Ideen und das, was \
             sonst im Flur besprochen wird. Drei Dinge sind mir wichtig:\n\n1. **Fragt.** Wer fragt, hilft allen, die sich nicht trauen.\n\
             2. **Antwortet.** Auch wenn es nur halb fertig ist.\n3. **Keine Kundendaten.** Nie, auch nicht als Bildschirmfoto.\n\n\
             Das Team um @johanna.petersen hilft bei den ersten Schritten. Ich lese mit und antworte selbst.",
        )
    },
    Thread {
        title: "Neue Öffnungszeiten ab dem 1. des nächsten Monats",
        reactions: &[("👍", 13), ("👀", 6)],
        replies: &[
            (30, "lena.carstens", "Gilt das auch für die Kasse am Mittwochnachmittag?", 4),
            (48, "matthias.brandt", "Ja. Mittwochs schließt die Kasse um 13 Uhr, Beratung nach Termin geht weiter.", 9),
            (95, "hauke.nissen", "Die Aushänge kommen wieder aus der Zentrale?", 1),
            (110, "tobias.kern", "Sind unterwegs, Freitag bei euch. Die PDF liegt schon im Intranet.", 5),
        ],
        ..thread(
            "alle",
            "matthias.brandt",
            30,
            Kind::Announcement,
            "Wir haben eure Rückmeldungen aus beiden Bezirken ausgewertet. Ergebnis:\n\n| Tag | bisher | neu |\n| --- | --- | --- |\n\
             | Mo, Di | 9–16 Uhr | 9–16 Uhr |\n| Mi | 9–16 Uhr | **9–13 Uhr** |\n| Do | 9–16 Uhr | **9–18 Uhr** |\n| Fr | 9–14 Uhr | 9–14 Uhr |\n\n\
             Der lange Donnerstag war der häufigste Wunsch unserer Kundschaft. Danke an alle, die mitgerechnet haben. #öffnungszeiten",
        )
    },
    Thread {
        title: "Kunde möchte Münzrollen von einer anderen Bank einzahlen",
        reactions: &[("👍", 7)],
        replies: &[
            (9, "ole.paulsen", "Bei uns nur lose durch den Automaten, Rollen fremder Banken machen wir auf.", 3),
            (22, "anke.behrens", "Richtig: Rollen **öffnen und zählen**, nie ungeöffnet annehmen. Ab 5 kg bitte den Hinweis auf die \
             Gebühr. Steht in der Kassenanweisung, Abschnitt 4.2.", 12),
            (31, "theresa.lang", "Danke, genau das hatte ich gesucht!", 2),
        ],
        ..thread(
            "schalter",
            "theresa.lang",
            52,
            Kind::Question(Some(1)),
            "Gerade stand jemand mit zwölf Rollen einer anderen Bank vor mir. Nehmen wir die so, wie sie sind? #kasse",
        )
    },
    Thread {
        reactions: &[("😂", 15), ("❤️", 8)],
        replies: &[
            (12, "eva.baumann", "Bei uns liegt er immer neben dem Kopierer. Immer!", 6),
            (25, "simon.frey", "Wir haben inzwischen drei. Ich nenne niemanden.", 9),
        ],
        ..thread(
            "schalter",
            "larissa.popova",
            100,
            Kind::Discussion,
            "Kleiner Kniff für alle, die den Kugelschreiber am Schalter vermissen: Wir haben unseren jetzt an ein Stück \
             Hanfseil aus dem Baumarkt gebunden. Seit **elf Tagen** ist er noch da. Rekord.",
        )
    },
    Thread {
        reactions: &[("👍", 11), ("💡", 4)],
        replies: &[
            (33, "swantje.lorenz", "Das probieren wir in Kiel. Habt ihr den Text auf Türkisch auch?", 3),
            (64, "murat.aksoy", "Ja, schicke ich dir. Arabisch und Ukrainisch kommen diese Woche von der Kommunikation.", 7),
            (300, "tobias.kern", "Sind fertig und in der Vorlage. @murat.aksoy danke für die Idee, das wird Standard.", 10),
        ],
        ..thread(
            "schalter",
            "murat.aksoy",
            75,
            Kind::Discussion,
            "Seit zwei Wochen liegt bei uns ein Blatt mit den zehn häufigsten Sätzen in fünf Sprachen am Schalter. Man zeigt \
             einfach drauf. Wartezeit am Montagmorgen: gefühlt halbiert. #service",
        )
    },
    Thread {
        replies: &[
            (6, "jonas.richter", "Kurz: Deckel auf und zu, zehn Sekunden warten, dann neu anmelden. Lang: Der Treiber wird heute Nacht \
             ersetzt, dann ist es weg.", 9),
            (11, "finn.matthiesen", "Hat geklappt!", 1),
            (90, "georg.huber", "In Augsburg dasselbe, nach dem Neustart gut.", 2),
        ],
        reactions: &[("👍", 5)],
        title: "Scanner meldet „Papier prüfen“, obwohl keines drin ist",
        ..thread(
            "it",
            "finn.matthiesen",
            28,
            Kind::Question(Some(0)),
            "Modell mit dem grauen Deckel, seit dem Update von gestern. Ein- und ausgeschaltet habe ich schon. #hilfe",
        )
    },
    Thread {
        title: "Wie richte ich die Weiterleitung im Urlaub ein?",
        replies: &[
            (16, "katharina.wolff", "Im Telefonmenü: **Rufumleitung → Zeitplan**. Dort Anfang und Ende eintragen, dann schaltet sie sich \
             selbst wieder ab. Für Mails: Abwesenheit in den Einstellungen, beide Sprachen ausfüllen.", 13),
            (40, "gesa.thomsen", "Wusste nicht, dass es einen Zeitplan gibt. Danke!", 4),
        ],
        reactions: &[("🙏", 6)],
        ..thread(
            "it",
            "gesa.thomsen",
            150,
            Kind::Question(Some(0)),
            "Letztes Jahr kamen meine Anrufe noch drei Wochen nach dem Urlaub in Bremen an. 🙈 Wie macht man es richtig?",
        )
    },
    Thread {
        title: "Can we get a staging copy of the branch calendar?",
        replies: &[
            (45, "marco.bianchi", "Tonight's snapshot, anonymised: `make calendar-staging`. It refreshes every night at 02:00.", 6),
            (52, "grace.adeyemi", "This is so much better than my spreadsheet.", 5),
        ],
        ..thread(
            "it",
            "grace.adeyemi",
            20,
            Kind::Question(Some(0)),
            "I want to test the opening-hours report without touching anything real. Read-only is fine.",
        )
    },
    Thread {
        title: "Incident review: card terminals offline on the 3rd",
        reactions: &[("👏", 9), ("👍", 6)],
        replies: &[
            (25, "emre.yildiz", "One thing to add: nobody's data left the house. The gateway failed closed, as designed.", 8),
            (70, "aylin.demirci", "Thank you for writing this without blame. Please bring item 3 to the risk meeting.", 12),
        ],
        ..thread(
            "plattform",
            "marco.bianchi",
            130,
            Kind::Discussion,
            "**What happened.** From 09:12 to 09:47 terminals in six branches could not reach the gateway.\n\n**Why.** A certificate \
             was renewed, but one of three nodes kept the old one in memory:\n\n```text\ngateway-2  cert not_after=2026-01-03T09:12:00Z\n\
             gateway-2  reload skipped: config unchanged\n```\n\n**What we changed**\n\n- [x] reload watches the certificate, not only the \
             config\n- [x] alert two weeks before expiry\n- [ ] branches get a text message when the gateway is down\n\nQuestions welcome. #engineering",
        )
    },
    Thread {
        reactions: &[("🚀", 7), ("👍", 5)],
        replies: &[(60, "priya.raman", "Numbers look right on my side: p99 went from 840 ms to 210 ms.", 4)],
        ..thread(
            "plattform",
            "lukas.hoffmann",
            44,
            Kind::Discussion,
            "We moved the statement archive to the new cluster last night. Nobody noticed, which is the best review we could get. \
             Write-up with graphs follows; the short version: fewer joins, smaller pages, one index less.",
        )
    },
    Thread {
        title: "Leihräder für Wege zwischen den Filialen",
        reactions: &[("🚲", 8), ("👍", 14)],
        replies: &[
            (30, "jakob.engel", "In Göttingen würde ich es jeden Tag nutzen.", 5),
            (50, "vera.sandmann", "Wir rechnen es bis Ende des Monats durch. Versicherung ist die offene Frage.", 6),
        ],
        ..thread(
            "ideen",
            "amelie.roth",
            200,
            Kind::Idea(27, Some((IdeaStep::Planned, "Versuch in Göttingen und Erfurt, drei Monate."))),
            "Viele von uns fahren für zwei Stunden in die Nachbarfiliale. Mit dem Rad ginge das in der Stadt schneller als mit \
             dem Auto, und der Parkplatz bliebe frei für Kundschaft.",
        )
    },
    Thread {
        title: "Formular 17 digital",
        reactions: &[("🙏", 11)],
        replies: &[(90, "paul.gerlach", "Ist seit Montag live. Danke fürs Hartnäckigsein!", 13)],
        ..thread(
            "ideen",
            "david.scholz",
            310,
            Kind::Idea(34, Some((IdeaStep::Done, "Seit Montag im Beratungsprogramm unter „Anträge“."))),
            "Wir drucken Formular 17, unterschreiben es, scannen es und werfen das Papier weg. Täglich. Können wir es nicht gleich \
             digital unterschreiben lassen?",
        )
    },
    Thread {
        title: "Münzzählautomat in jeder Filiale",
        replies: &[(200, "matthias.brandt", "Verstehe den Wunsch. Die Wartung kostet je Gerät mehr als das Zählen selbst.", 2)],
        ..thread(
            "ideen",
            "rieke.osterloh",
            260,
            Kind::Idea(9, Some((IdeaStep::Declined, "Zu teuer im Unterhalt; ein Gerät je Bezirk kann ausgeliehen werden."))),
            "Gerade nach Festen zählen wir stundenlang von Hand.",
        )
    },
    Thread {
        title: "„Stille Stunde“ ohne Termine am Dienstagvormittag",
        reactions: &[("👍", 9), ("❤️", 3)],
        replies: &[(25, "felix.sommer", "Passt gut zu dem, was wir in der Umfrage gehört haben. Wer macht bei einem Versuch mit?", 5)],
        ..thread(
            "ideen",
            "sofia.lindqvist",
            12,
            Kind::Idea(16, None),
            "One hour a week in which nobody may book a meeting, in the whole house. I measured my own calendar: the longest free \
             stretch last week was 35 minutes.",
        )
    },
    Thread {
        title: "Neue Fassung: Geschenke und Einladungen",
        reactions: &[("👍", 12)],
        replies: &[
            (45, "milan.novak", "Was ist mit der Schachtel Pralinen zu Weihnachten?", 6),
            (58, "ines.marquardt", "Unter 35 €: annehmen, eintragen, mit dem Team teilen. Genau so war es gedacht. 🍫", 15),
        ],
        is_pinned: true,
        ..thread(
            "compliance",
            "dr.ralf.steinbach",
            90,
            Kind::Announcement,
            "Ab sofort gilt die neue Richtlinie. Das Wichtigste in drei Sätzen:\n\n- Bis **35 €** darf angenommen werden, wird aber \
             eingetragen.\n- Bargeld und Gutscheine: **nie**.\n- Im Zweifel vorher fragen; hier oder vertraulich bei @ines.marquardt.\n\n#compliance",
        )
    },
    Thread {
        title: "Darf ich im Chat mit Kundinnen das Geburtsdatum abfragen?",
        replies: &[
            (20, "oliver.thoma", "Nein. Zur Erkennung reichen Kundennummer und die Sicherheitsfrage. Das Geburtsdatum gehört in keinen Chat, \
             weil es dort gespeichert bleibt.", 16),
            (41, "miriam.adler", "Klar und deutlich, danke.", 2),
        ],
        reactions: &[("👍", 8)],
        ..thread(
            "compliance",
            "ines.marquardt",
            64,
            Kind::Question(Some(0)),
            "Diese Frage kam diese Woche dreimal, deshalb hier für alle. @oliver.thoma, magst du antworten? #datenschutz",
        )
    },
    Thread {
        reactions: &[("👏", 18), ("❤️", 12)],
        replies: &[
            (15, "joern.hansen", "Verdient! Ohne dich hätten wir Samstag nicht geöffnet.", 7),
            (22, "lena.carstens", "Ich werde rot. Es war Teamarbeit. ❤️", 9),
        ],
        ..thread(
            "nord",
            "claudia.jansen",
            26,
            Kind::Praise(Badge::AboveAndBeyond, &["lena.carstens", "theresa.lang"]),
            "Am Samstag ist in Eppendorf die Anlage ausgefallen. Die beiden sind aus dem freien Tag gekommen und haben drei Stunden \
             lang von Hand gebucht. Kein einziger Fehler in der Abstimmung. Danke!",
        )
    },
    Thread {
        title: "Regionaltag am 14.: wer bringt was mit?",
        replies: &[
            (18, "torben.iversen", "Kiel bringt Fischbrötchen. Wie immer.", 8),
            (28, "gesa.thomsen", "Flensburg: Franzbrötchen, 40 Stück.", 5),
            (130, "milan.novak", "Bremen kümmert sich um Kaffee und die Leinwand.", 4),
        ],
        reactions: &[("🙌", 6)],
        ..thread(
            "nord",
            "anke.behrens",
            70,
            Kind::Discussion,
            "Ort: Filiale Altona, großer Raum. Beginn 9:30 Uhr. Tagesordnung:\n\n1. Zahlen des Quartals (Claudia)\n2. Langer Donnerstag: \
             Dienstpläne\n3. Was wir von Lübeck lernen können (Birgit)\n4. Offene Runde",
        )
    },
    Thread {
        reactions: &[("👍", 9)],
        replies: &[(35, "sabine.hartwig", "Übernehme ich. Melde mich bis Freitag mit einem Vorschlag.", 3)],
        ..thread(
            "sued",
            "stefan.maurer",
            33,
            Kind::Discussion,
            "Der lange Donnerstag trifft Würzburg und Erfurt am härtesten. Wer koordiniert die Vertretungen für die ersten vier Wochen?",
        )
    },
    Thread {
        title: "Wann passt euch die Schulung zum neuen Beratungsprogramm?",
        replies: &[(50, "nico.seidl", "Mittwoch nach 13 Uhr, jetzt da die Kasse zu ist. 😉", 4)],
        ..thread(
            "sued",
            "kerstin.boehm",
            15,
            Kind::Poll(&["Montag, 8 Uhr", "Mittwoch, 14 Uhr", "Donnerstag, 17 Uhr", "Online, zum Selbstlernen"], true, false, 120),
            "Zwei Stunden, in jeder Filiale einmal. Mehrere Antworten sind möglich.",
        )
    },
    Thread {
        title: "Wie zufrieden seid ihr mit dem neuen Netzwerk?",
        replies: &[(300, "mirjam.vogel", "Danke für die ehrlichen Stimmen. Die Suche steht ganz oben auf unserer Liste.", 6)],
        reactions: &[("👍", 7)],
        ..thread(
            "alle",
            "mirjam.vogel",
            56,
            Kind::Poll(&["Sehr", "Ganz gut", "Geht so", "Noch gar nicht"], false, true, 200),
            "Anonym: niemand, auch wir nicht, sieht, wer wie gestimmt hat.",
        )
    },
    Thread {
        title: "Savings account for children: three names",
        replies: &[
            (40, "paul.gerlach", "“Sprössling” wins for me. Short, German, and it grows.", 6),
            (66, "nele.schuster", "I tested all three with parents in Altona. Numbers attached to the ticket, same result.", 7),
            (80, "leon.krueger", "Legal is fine with all of them.", 2),
        ],
        reactions: &[("🌱", 5)],
        ..thread(
            "lab",
            "hannah.whitfield",
            48,
            Kind::Poll(&["Sprössling", "Kleine Linde", "Sparfuchs"], false, false, 90),
            "Please vote until Friday. Reasons are more useful than votes.",
        )
    },
    Thread {
        title: "Zahlen zum zweiten Halbjahr",
        replies: &[(30, "aylin.demirci", "Die Risikosicht liefere ich bis Montag nach.", 1)],
        ..thread(
            "strategie",
            "henrike.lindner",
            80,
            Kind::Discussion,
            "Entwurf für den Aufsichtsrat. Bitte nur in diesem Kreis besprechen, bis die Gremien entschieden haben.",
        )
    },
    Thread {
        reactions: &[("👋", 20), ("❤️", 6)],
        replies: &[
            (10, "carla.fischer", "Willkommen, Kofi! Dein Pate ist Torben, und Fragen sind hier immer richtig.", 5),
            (20, "swantje.lorenz", "Schön, dass du da bist. Kaffee ist links, Tee ist rechts, Kuchen ist freitags.", 9),
        ],
        ..thread(
            "neu",
            "kofi.mensah",
            36,
            Kind::Discussion,
            "Hallo zusammen! Ich bin Kofi, seit Montag Auszubildender in Kiel. Vorher habe ich ein Jahr in Accra in der Bücherei \
             gearbeitet. Ich freue mich auf die Kasse und habe sehr viele Fragen.",
        )
    },
    Thread {
        title: "Was hättet ihr gern am ersten Tag gewusst?",
        replies: &[
            (25, "amelie.roth", "Dass man die Drucker duzen darf.", 12),
            (40, "jakob.engel", "Wo die Ersatzschlüssel liegen. (Nicht hier schreiben!)", 7),
            (90, "grace.adeyemi", "That “Mahlzeit” is a greeting.", 18),
        ],
        reactions: &[("😄", 9)],
        ..thread(
            "neu",
            "carla.fischer",
            110,
            Kind::Question(None),
            "Wir schreiben den Leitfaden für Neue um und brauchen eure Erinnerungen. #willkommen",
        )
    },
    Thread {
        reactions: &[("🏃", 9), ("👍", 4)],
        replies: &[
            (30, "yasemin.kaya", "Bin dabei, wenn ihr auf mich wartet.", 3),
            (44, "finn.matthiesen", "Wir warten immer. Das ist die einzige Regel.", 8),
        ],
        ..thread(
            "laufen",
            "finn.matthiesen",
            22,
            Kind::Discussion,
            "Dienstag um die Alster, 7 km, danach Suppe. Treffpunkt Anleger, 18 Uhr. Stirnlampe nicht vergessen!",
        )
    },
    Thread {
        title: "Marillenknödel, sechs Portionen",
        reactions: &[("😋", 14)],
        replies: &[(75, "andreas.keller", "Gestern gekocht. Familie verlangt Wiederholung.", 6)],
        ..thread(
            "kueche",
            "magdalena.wimmer",
            60,
            Kind::Discussion,
            "Weil so viele gefragt haben:\n\n- 500 g Topfen (Quark)\n- 1 Ei, 60 g Butter, 150 g Grieß, 100 g Mehl\n- 12 Marillen, 12 Stück \
             Würfelzucker\n- Brösel, Butter, Zucker\n\nTeig **eine Stunde** kalt stellen, Marillen füllen, 12 Minuten *leise* ziehen lassen. Fertig. #essen",
        )
    },
    Thread {
        reactions: &[("👍", 8), ("🙏", 5)],
        replies: &[(20, "hannah.whitfield", "Count me in for the English round.", 2)],
        ..thread(
            "alle",
            "felix.sommer",
            18,
            Kind::Discussion,
            "Die **Lernwoche** steht: 14 kurze Runden, 45 Minuten, von Kolleginnen für Kollegen. Von „Tabellen ohne Tränen“ bis \
             „Schwierige Gespräche am Schalter“. Anmeldung ab morgen, Plätze je Runde: 20. Wer selbst etwas zeigen mag: Nachricht an mich. #lernwoche",
        )
    },
    Thread {
        reactions: &[("👏", 16), ("🎉", 7)],
        replies: &[(12, "sven.albrecht", "Und das neben dem Tagesgeschäft. Großartig!", 5)],
        ..thread(
            "alle",
            "aylin.demirci",
            40,
            Kind::Praise(Badge::TeamPlayer, &["jonas.richter", "emre.yildiz", "katharina.wolff"]),
            "412 Geräte, zwei Wochenenden, kein einziger Ausfall am Montag: danke an das Team, das unsere Filialen auf die neue \
             Anmeldung umgestellt hat.",
        )
    },
    Thread {
        reactions: &[("❤️", 9)],
        replies: &[
            (7, "ole.paulsen", "Gern! Ich rufe dich um 14 Uhr an.", 2),
        ],
        ..thread(
            "schalter",
            "hauke.nissen",
            5,
            Kind::Question(None),
            "Wer hat Erfahrung mit Nachlasskonten, wenn ein Teil der Familie im Ausland lebt? Ich möchte morgen nichts Falsches sagen.",
        )
    },
    Thread {
        replies: &[(16, "jonas.richter", "Ist bekannt, wir rollen bis 12 Uhr zurück. Bis dahin bitte das alte Symbol benutzen.", 7)],
        reactions: &[("👀", 8)],
        ..thread(
            "it",
            "monika.pohl",
            3,
            Kind::Question(None),
            "Das Beratungsprogramm startet in Nürnberg seit heute früh nur in Englisch. Jemand auch?",
        )
    },
    Thread {
        reactions: &[("👍", 6), ("🔥", 3)],
        replies: &[(14, "daniel.okafor", "Happy to help with the wording, both languages.", 2)],
        ..thread(
            "alle",
            "johanna.petersen",
            2,
            Kind::Discussion,
            "Nächste Woche besucht uns ein Fernsehteam in Altona und Erfurt. Thema: Filialen, die bleiben. Wer gefilmt wird, wurde \
             gefragt; alle anderen sehen höchstens von hinten gut aus. Fragen gern hier. 🎥",
        )
    },
];
