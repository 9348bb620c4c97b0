//! What it costs to say who is meant among 233,201 people in 12,000 units, beside hand-written SQL.
//!
//! `make bench` runs it on SQLite and on a throw-away PostgreSQL. One organisation is built by bulk statements;
//! then each rule is counted and its first page is read, as the preview of an audience does, and the facets of
//! the directory are counted. The floor is a statement written for that one rule, over the same connections.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first fault and prints its table"
)]

use std::time::{Duration, Instant};

use audiences::{Rule, queries};
use identity::NewPerson;
use kernel::{OrgUnitId, PageArgs, PersonId, Viewer};
use platform::{Reader, Sql};
use profiles::queries::{DirectoryFilter, FacetKind, facet};
use sea_orm::{ConnectionTrait as _, DbBackend, FromQueryResult};
use testkit::TestDatabase;
use uuid::Uuid;

/// Everybody, the one person included who is made through the command.
const PEOPLE: usize = 233_201;
const REGIONS: usize = 10;
const DISTRICTS: usize = 100;
const UNITS: usize = 12_000;
const BRANCHES: usize = UNITS - 1 - REGIONS - DISTRICTS;
const ROUNDS: usize = 5;
const PAGE: i32 = 20;
/// What each of them may take.
const GOAL: Duration = Duration::from_millis(300);

const PERSON: u128 = 0x0192_f000_0000_7000_8000_0000_0000_0000;
const UNIT: u128 = 0x0192_f000_0000_7000_9000_0000_0000_0000;
const PLACE: u128 = 0x0192_f000_0000_7000_a000_0000_0000_0000;

fn unit_id(number: usize) -> Uuid {
    Uuid::from_u128(UNIT + number as u128)
}

fn person_id(number: usize) -> Uuid {
    Uuid::from_u128(PERSON + number as u128)
}

/// How the two databases write the same things.
#[derive(Clone, Copy)]
struct Dialect {
    is_postgres: bool,
}

impl Dialect {
    /// The id with this beginning and a number that stands in `number`.
    fn id(self, start: u128, number: &str) -> String {
        let start = Uuid::from_u128(start).to_string();
        let start = &start[..24];
        if self.is_postgres {
            format!("(('{start}' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid)")
        } else {
            let start = start.replace('-', "");
            format!("unhex('{start}' || printf('%012x', {number}))")
        }
    }

    fn literal(self, id: Uuid) -> String {
        if self.is_postgres {
            format!("'{id}'::uuid")
        } else {
            format!("x'{}'", id.simple())
        }
    }
}

/// `WITH` clause of a table `n` with the one column `i`, from 0 to below `count`.
fn numbers(count: usize) -> String {
    format!(
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}) "
    )
}

/// A top, regions, districts, branches; everybody in a branch; names in another order than places.
async fn build(bed: &TestDatabase) {
    let house = Viewer::system("bench");
    let mut tx = bed.database.begin(&house).await.expect("a transaction");
    let seed = NewPerson {
        handle: "seed".to_owned(),
        name: "Seed".to_owned(),
        imported: true,
        ..NewPerson::default()
    };
    let seed = identity::commands::create_person(&mut tx, seed).await;
    seed.expect("a person is made");
    tx.commit().await.expect("the person is kept");

    let options = sea_orm::ConnectOptions::new(bed.url.clone());
    let connection = sea_orm::Database::connect(options).await;
    let connection = connection.expect("a connection");
    let dialect = Dialect {
        is_postgres: connection.get_database_backend() == DbBackend::Postgres,
    };
    let others = PEOPLE - 1;
    let first_branch = 1 + REGIONS + DISTRICTS;
    let (unit, person) = (dialect.id(UNIT, "i"), dialect.id(PERSON, "i"));
    let region = dialect.id(UNIT, &format!("(i - 1 - {REGIONS}) % {REGIONS} + 1"));
    let district = dialect.id(
        UNIT,
        &format!("(i - {first_branch}) % {DISTRICTS} + 1 + {REGIONS}"),
    );
    let branch = dialect.id(UNIT, &format!("i % {BRANCHES} + {first_branch}"));
    let place = dialect.id(PLACE, "i");
    let top = dialect.literal(unit_id(0));
    let order = format!("(i * 7919) % {others} + 100000");
    let statements = [
        format!(
            "INSERT INTO org_units (id, parent_id, code, name, kind, created_at, updated_at) {}\
             SELECT {unit}, CASE WHEN i = 0 THEN NULL WHEN i <= {REGIONS} THEN {top} \
             WHEN i < {first_branch} THEN {region} ELSE {district} END, 'U' || i, 'Unit ' || i, \
             'branch', 0, 0 FROM n",
            numbers(UNITS)
        ),
        format!(
            "INSERT INTO people (id, handle, name, search_text, email, title, about, about_html, \
             pronunciation, location, avatar_id, avatar_color, role, locale, time_zone, theme, \
             feed_order, default_notification_level, show_presence, send_typing, is_active, \
             must_change_password, joined_at, last_active_at, updated_at) {}\
             SELECT {person}, 'p' || i, 'Person ' || ({order}), 'person ' || ({order}) || ' p' || i, \
             NULL, 'Teller', '', '', '', 'Town ' || (i % 300), NULL, t.avatar_color, t.role, t.locale, \
             t.time_zone, t.theme, t.feed_order, t.default_notification_level, t.show_presence, \
             t.send_typing, i % 50 <> 49, t.must_change_password, t.joined_at, NULL, t.updated_at \
             FROM n, people t WHERE t.handle = 'seed'",
            numbers(others)
        ),
        format!(
            "INSERT INTO assignments (id, unit_id, person_id, role, is_head, starts_at, ends_at) {}\
             SELECT {place}, {branch}, {person}, CASE WHEN i < {BRANCHES} THEN 'Manager' \
             WHEN i % 3 = 0 THEN 'Adviser' ELSE 'Teller' END, i < {BRANCHES}, 0, NULL FROM n",
            numbers(others)
        ),
        format!(
            "INSERT INTO person_skills (person_id, skill, name, place) {}\
             SELECT {person}, 'skill ' || (i % 300), 'Skill ' || (i % 300), 0 FROM n",
            numbers(others)
        ),
        format!(
            "INSERT INTO person_skills (person_id, skill, name, place) {}\
             SELECT {person}, 'excel', 'Excel', 1 FROM n WHERE i % 5 = 0",
            numbers(others)
        ),
        format!(
            "INSERT INTO person_languages (person_id, language, place) {}\
             SELECT {person}, 'de', 0 FROM n",
            numbers(others)
        ),
        format!(
            "INSERT INTO person_languages (person_id, language, place) {}\
             SELECT {person}, CASE WHEN i % 10 = 0 THEN 'fr' ELSE 'en' END, 1 FROM n WHERE i % 5 < 3",
            numbers(others)
        ),
    ];
    for statement in statements {
        let done = connection.execute_unprepared(&statement).await;
        done.expect("the rows are written");
    }
    if dialect.is_postgres {
        // What autovacuum does by itself within a minute.
        for table in [
            "people",
            "assignments",
            "org_units",
            "person_skills",
            "person_languages",
        ] {
            let vacuum = format!("VACUUM ANALYZE {table}");
            let done = connection.execute_unprepared(&vacuum).await;
            done.expect("the statistics are taken");
        }
    }
    connection.close().await.expect("the connection closes");
}

struct Case {
    name: &'static str,
    rule: Rule,
    /// The same by hand, of the table `people` named `s`.
    floor: String,
}

fn place(unit: Option<usize>, role: Option<&str>, heads_only: bool) -> Rule {
    Rule::Place {
        units: unit
            .map(|number| OrgUnitId::from(unit_id(number)))
            .into_iter()
            .collect(),
        with_below: true,
        roles: role.map(str::to_owned).into_iter().collect(),
        heads_only,
    }
}

fn skill(name: &str) -> Rule {
    Rule::Skills {
        skills: vec![name.to_owned()],
    }
}

fn cases(dialect: Dialect) -> Vec<Case> {
    let below = |unit: usize, more: &str| {
        format!(
            "s.id IN (WITH RECURSIVE b (id) AS (SELECT {} UNION ALL SELECT u.id FROM org_units u \
             JOIN b ON u.parent_id = b.id) SELECT a.person_id FROM b JOIN assignments a \
             ON a.unit_id = b.id WHERE a.ends_at IS NULL {more})",
            dialect.literal(unit_id(unit))
        )
    };
    let tellers = "AND a.role = 'Teller'";
    let heads = "s.id IN (SELECT person_id FROM assignments WHERE is_head AND ends_at IS NULL)";
    let skilled = |skill: &str| {
        format!("s.id IN (SELECT person_id FROM person_skills WHERE skill = '{skill}')")
    };
    let french = "s.id IN (SELECT person_id FROM person_languages WHERE language = 'fr')";
    let named: Vec<_> = (0..1_000).map(|number| person_id(number * 233)).collect();
    let literals: Vec<_> = named.iter().map(|id| dialect.literal(*id)).collect();
    vec![
        Case {
            name: "everybody",
            rule: Rule::Everybody,
            floor: "TRUE".to_owned(),
        },
        Case {
            name: "the top unit with all below",
            rule: place(Some(0), None, false),
            floor: below(0, ""),
        },
        Case {
            name: "a region with all below",
            rule: place(Some(3), None, false),
            floor: below(3, ""),
        },
        Case {
            name: "tellers in a region",
            rule: place(Some(3), Some("teller"), false),
            floor: below(3, tellers),
        },
        Case {
            name: "tellers anywhere",
            rule: place(None, Some("Teller"), false),
            floor: format!("s.id IN (SELECT person_id FROM assignments a WHERE TRUE {tellers})"),
        },
        Case {
            name: "(a region or tellers of another) and not heads",
            rule: Rule::All(vec![
                Rule::Any(vec![
                    place(Some(3), None, false),
                    place(Some(4), Some("Teller"), false),
                ]),
                Rule::Not(Box::new(place(None, None, true))),
            ]),
            floor: format!(
                "({} OR {}) AND NOT {heads}",
                below(3, ""),
                below(4, tellers)
            ),
        },
        Case {
            name: "everybody except the heads",
            rule: Rule::Not(Box::new(place(None, None, true))),
            floor: format!("NOT {heads}"),
        },
        Case {
            name: "1,000 people by name",
            rule: Rule::People {
                people: named.into_iter().map(PersonId::from).collect(),
            },
            floor: format!("s.id IN ({})", literals.join(", ")),
        },
        Case {
            name: "a skill few have",
            rule: skill("Skill 7"),
            floor: skilled("skill 7"),
        },
        Case {
            name: "a skill many have, and French, in a region",
            rule: Rule::All(vec![
                skill("Excel"),
                Rule::Languages {
                    languages: vec!["fr".to_owned()],
                },
                place(Some(5), None, false),
            ]),
            floor: format!("{} AND {french} AND {}", skilled("excel"), below(5, "")),
        },
        Case {
            name: "a location or a skill many have",
            rule: Rule::Any(vec![
                Rule::Locations {
                    locations: vec!["Town 17".to_owned()],
                },
                skill("Excel"),
            ]),
            floor: format!("(s.location = 'Town 17' OR {})", skilled("excel")),
        },
    ]
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: PersonId,
}

/// The middle of several times, after one round that does not count.
async fn median<T>(mut work: impl AsyncFnMut() -> T) -> (T, Duration) {
    let mut made = work().await;
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        made = work().await;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    (made, times[ROUNDS / 2])
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn mark(time: Duration) -> &'static str {
    if time > GOAL { " (over the goal)" } else { "" }
}

async fn rules(reader: &Reader, dialect: Dialect) {
    println!("| Who is meant | People | Count | By hand | Ratio | First page | By hand | Ratio |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let page = PageArgs::forward(PAGE, None).expect("a page");
    for case in cases(dialect) {
        let (total, count) = median(async || queries::count(reader, &case.rule).await).await;
        let total = total.expect("a count");
        let (found, list) =
            median(async || queries::people_page(reader, &case.rule, &page).await).await;
        let found = found.expect("a page").items;
        let by_hand = |columns: &str| {
            format!(
                "SELECT {columns} FROM people s WHERE s.is_active AND {}",
                case.floor
            )
        };
        let (counted, count_floor) = median(async || {
            let counted: Option<Total> = Sql::new(by_hand("COUNT(*) AS total"))
                .one(reader)
                .await
                .expect("a count by hand");
            counted.map_or(0, |row| row.total)
        })
        .await;
        let (listed, list_floor) = median(async || {
            let mut sql = Sql::new(by_hand("s.id"));
            sql.push(&format!(" ORDER BY s.search_text, s.id LIMIT {}", PAGE + 1));
            let rows: Vec<Row> = sql.all(reader).await.expect("a page by hand");
            rows
        })
        .await;
        assert_eq!(total, counted, "{}: both mean the same", case.name);
        for ((_, id), row) in found.iter().zip(&listed) {
            assert_eq!(*id, row.id, "{}: both list the same", case.name);
        }
        println!(
            "| {} | {total} | {:.0} ms{} | {:.0} ms | {:.1} | {:.0} ms{} | {:.0} ms | {:.1} |",
            case.name,
            ms(count),
            mark(count),
            ms(count_floor),
            ms(count) / ms(count_floor),
            ms(list),
            mark(list),
            ms(list_floor),
            ms(list) / ms(list_floor),
        );
    }
}

async fn directory(reader: &Reader) {
    let region = DirectoryFilter {
        units: vec![OrgUnitId::from(unit_id(3))],
        ..DirectoryFilter::default()
    };
    let chosen = DirectoryFilter {
        roles: vec!["Teller".to_owned()],
        skills: vec!["Excel".to_owned()],
        ..DirectoryFilter::default()
    };
    let words = DirectoryFilter {
        query: "person 1234".to_owned(),
        ..DirectoryFilter::default()
    };
    println!(
        "\n| Directory | First page with count | Units | Roles | Locations | Languages | Skills |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let page = PageArgs::forward(PAGE, None).expect("a page");
    for (name, filter) in [
        ("everybody", DirectoryFilter::default()),
        ("a region", region),
        ("tellers with a skill many have", chosen),
        ("by a part of the name", words),
    ] {
        let (found, list) =
            median(async || profiles::queries::people(reader, &filter, &page).await).await;
        assert!(!found.expect("a page").0.items.is_empty(), "{name}");
        let mut line = format!("| {name} | {:.0} ms{}", ms(list), mark(list));
        for kind in [
            FacetKind::Unit,
            FacetKind::Role,
            FacetKind::Location,
            FacetKind::Language,
            FacetKind::Skill,
        ] {
            let (counts, took) = median(async || facet(reader, &filter, kind).await).await;
            assert!(!counts.expect("counts").is_empty(), "{name}: {kind:?}");
            line.push_str(&format!(" | {:.0} ms{}", ms(took), mark(took)));
        }
        println!("{line} |");
    }
}

async fn measure(name: &str, bed: TestDatabase) {
    let began = Instant::now();
    build(&bed).await;
    println!(
        "\n## {name}\n\nBuilt in {:.0} s.\n",
        began.elapsed().as_secs_f64()
    );
    let reader = bed.database.reader(&Viewer::system("bench"));
    let dialect = Dialect {
        is_postgres: bed.database.backend() == DbBackend::Postgres,
    };
    rules(&reader, dialect).await;
    directory(&reader).await;
    bed.close().await;
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    println!("{PEOPLE} people in {UNITS} units, median of {ROUNDS}");
    measure("SQLite", TestDatabase::sqlite().await).await;
    match TestDatabase::postgres().await {
        Some(bed) => measure("PostgreSQL", bed).await,
        None => println!("\nPostgreSQL was left out: LOGGIA_TEST_POSTGRES_URL is not set"),
    }
}
