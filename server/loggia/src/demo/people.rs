//! The people of the invented bank and their places in it.

/// A unit: code, code of the unit above, kind, name.
pub(super) const UNITS: [(&str, &str, &str, &str); 24] = [
    ("LB", "", "company", "Lindenbank"),
    ("ZEN", "LB", "region", "Zentrale"),
    ("FIL", "LB", "region", "Filialgeschäft"),
    ("VST", "ZEN", "district", "Vorstand"),
    ("COM", "ZEN", "district", "Kommunikation"),
    ("IT", "ZEN", "district", "IT & Digitales"),
    ("HR", "ZEN", "district", "Personal"),
    ("CMP", "ZEN", "district", "Compliance"),
    ("PRD", "ZEN", "district", "Produkte"),
    ("NORD", "FIL", "district", "Bezirk Nord"),
    ("SUED", "FIL", "district", "Bezirk Süd"),
    ("N1", "NORD", "branch", "Filiale Altona"),
    ("N2", "NORD", "branch", "Filiale Eppendorf"),
    ("N3", "NORD", "branch", "Filiale Lübeck"),
    ("N4", "NORD", "branch", "Filiale Kiel"),
    ("N5", "NORD", "branch", "Filiale Flensburg"),
    ("N6", "NORD", "branch", "Filiale Bremen"),
    ("S1", "SUED", "branch", "Filiale Göttingen"),
    ("S2", "SUED", "branch", "Filiale Kassel"),
    ("S3", "SUED", "branch", "Filiale Erfurt"),
    ("S4", "SUED", "branch", "Filiale Würzburg"),
    ("S5", "SUED", "branch", "Filiale Nürnberg"),
    ("S6", "SUED", "branch", "Filiale Augsburg"),
    ("IT-P", "IT", "team", "Plattform-Team"),
];

/// Somebody: name, title, unit, whether head of it, language.
pub(super) struct Somebody {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) unit: &'static str,
    pub(super) is_head: bool,
    pub(super) locale: &'static str,
}

const fn head(name: &'static str, title: &'static str, unit: &'static str) -> Somebody {
    Somebody {
        name,
        title,
        unit,
        is_head: true,
        locale: "de",
    }
}

const fn one(name: &'static str, title: &'static str, unit: &'static str) -> Somebody {
    Somebody {
        name,
        title,
        unit,
        is_head: false,
        locale: "de",
    }
}

const fn english(name: &'static str, title: &'static str, unit: &'static str) -> Somebody {
    Somebody {
        name,
        title,
        unit,
        is_head: false,
        locale: "en",
    }
}

/// All sixty.
pub(super) const PEOPLE: [Somebody; 60] = [
    head("Henrike Lindner", "Vorstandsvorsitzende", "VST"),
    one("Matthias Brandt", "Vorstand Filialgeschäft", "VST"),
    one("Aylin Demirci", "Vorständin IT & Risiko", "VST"),
    head("Johanna Petersen", "Leiterin Kommunikation", "COM"),
    one("Tobias Kern", "Redakteur", "COM"),
    one("Mirjam Vogel", "Community Managerin", "COM"),
    english("Daniel Okafor", "Content Designer", "COM"),
    head("Sven Albrecht", "Leiter IT & Digitales", "IT"),
    one("Katharina Wolff", "Netzwerk-Administratorin", "IT"),
    english("Priya Raman", "Software Engineer", "IT-P"),
    Somebody {
        name: "Lukas Hoffmann",
        title: "Teamleiter Plattform",
        unit: "IT-P",
        is_head: true,
        locale: "de",
    },
    english("Marco Bianchi", "Site Reliability Engineer", "IT-P"),
    one("Nele Schuster", "UX Designerin", "IT"),
    one("Jonas Richter", "IT-Support", "IT"),
    one("Emre Yildiz", "Informationssicherheit", "IT"),
    english("Sofia Lindqvist", "Data Analyst", "IT"),
    head("Barbara Neumann", "Leiterin Personal", "HR"),
    one("Felix Sommer", "Personalentwicklung", "HR"),
    one("Carla Fischer", "Ausbildungsleiterin", "HR"),
    head("Dr. Ralf Steinbach", "Leiter Compliance", "CMP"),
    one("Ines Marquardt", "Compliance-Referentin", "CMP"),
    one("Oliver Thoma", "Datenschutzbeauftragter", "CMP"),
    head("Vera Sandmann", "Leiterin Produkte", "PRD"),
    one("Paul Gerlach", "Produktmanager Konten", "PRD"),
    english("Hannah Whitfield", "Product Manager Savings", "PRD"),
    one("Leon Krüger", "Produktmanager Kredite", "PRD"),
    head("Claudia Jansen", "Bezirksleiterin Nord", "NORD"),
    head("Stefan Maurer", "Bezirksleiter Süd", "SUED"),
    head("Anke Behrens", "Filialleiterin", "N1"),
    one("Murat Aksoy", "Serviceberater", "N1"),
    one("Lena Carstens", "Servicekraft Kasse", "N1"),
    head("Jörn Hansen", "Filialleiter", "N2"),
    one("Theresa Lang", "Servicekraft Kasse", "N2"),
    one("Finn Matthiesen", "Kundenberater", "N2"),
    head("Birgit Möller", "Filialleiterin", "N3"),
    one("Ole Paulsen", "Servicekraft Kasse", "N3"),
    head("Torben Iversen", "Filialleiter", "N4"),
    one("Swantje Lorenz", "Serviceberaterin", "N4"),
    one("Kofi Mensah", "Auszubildender", "N4"),
    head("Gesa Thomsen", "Filialleiterin", "N5"),
    one("Hauke Nissen", "Servicekraft Kasse", "N5"),
    head("Milan Novak", "Filialleiter", "N6"),
    one("Rieke Osterloh", "Servicekraft Kasse", "N6"),
    head("Sabine Hartwig", "Filialleiterin", "S1"),
    one("Jakob Engel", "Servicekraft Kasse", "S1"),
    one("Miriam Adler", "Kundenberaterin", "S1"),
    head("Uwe Ziegler", "Filialleiter", "S2"),
    one("Larissa Popova", "Servicekraft Kasse", "S2"),
    head("Kerstin Böhm", "Filialleiterin", "S3"),
    one("David Scholz", "Serviceberater", "S3"),
    one("Amelie Roth", "Auszubildende", "S3"),
    head("Andreas Keller", "Filialleiter", "S4"),
    one("Yasemin Kaya", "Servicekraft Kasse", "S4"),
    head("Monika Pohl", "Filialleiterin", "S5"),
    one("Simon Frey", "Serviceberater", "S5"),
    one("Eva Baumann", "Servicekraft Kasse", "S5"),
    head("Georg Huber", "Filialleiter", "S6"),
    one("Magdalena Wimmer", "Servicekraft Kasse", "S6"),
    one("Nico Seidl", "Kundenberater", "S6"),
    english("Grace Adeyemi", "Working Student Analytics", "IT"),
];

/// Who gets a password to look around with, and as what.
pub(super) const LOGINS: [(&str, &str); 4] = [
    ("katharina.wolff", "network administrator"),
    ("claudia.jansen", "district manager"),
    ("lena.carstens", "teller in a branch"),
    ("ines.marquardt", "auditor"),
];
