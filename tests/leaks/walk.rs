//! Walks a schema: makes a query for every root field with every argument the world offers, asking
//! for every field of every object on the way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};

use super::support::House;
use kernel::Viewer;

const INTROSPECTION: &str = "{ __schema { queryType { name } types { kind name \
    fields(includeDeprecated: true) { name args { name defaultValue type { ...T } } type { ...T } } \
    inputFields { name type { ...T } } enumValues { name } possibleTypes { name } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// How many objects deep a query goes; connections, edges and lists do not count.
const DEPTH: usize = 2;

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypeRef {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<TypeRef>>,
}

impl TypeRef {
    fn named(&self) -> &str {
        match &self.of_type {
            Some(inner) => inner.named(),
            None => self.name.as_deref().unwrap_or_default(),
        }
    }

    fn is_required(&self) -> bool {
        self.kind == "NON_NULL"
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Argument {
    name: String,
    default_value: Option<String>,
    #[serde(rename = "type")]
    ty: TypeRef,
}

#[derive(Debug, Clone, Deserialize)]
struct Field {
    name: String,
    args: Vec<Argument>,
    #[serde(rename = "type")]
    ty: TypeRef,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    kind: String,
    name: String,
    fields: Option<Vec<Field>>,
    enum_values: Option<Vec<Named>>,
    possible_types: Option<Vec<Named>>,
}

/// What the world offers for arguments, as GraphQL literals.
#[derive(Default)]
pub struct Pools {
    /// Global ids by prefix, quoted.
    pub ids: BTreeMap<String, Vec<String>>,
    /// Texts by argument name, quoted.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Rules of audiences.
    pub rules: Vec<String>,
}

/// A schema as introspection tells it.
pub struct Schema {
    types: BTreeMap<String, Type>,
    query: String,
}

impl Schema {
    /// Asks a house for its schema.
    pub async fn load(house: &House) -> Self {
        let data = house
            .ask(&Viewer::anonymous(), INTROSPECTION, json!({}))
            .await;
        let schema = &data["__schema"];
        let types: Vec<Type> = serde_json::from_value(schema["types"].clone()).unwrap();
        let name = |field: &str| schema[field]["name"].as_str().unwrap().to_owned();
        Self {
            types: types.into_iter().map(|ty| (ty.name.clone(), ty)).collect(),
            query: name("queryType"),
        }
    }

    fn fields(&self, ty: &str) -> &[Field] {
        self.types
            .get(ty)
            .and_then(|ty| ty.fields.as_deref())
            .unwrap_or_default()
    }

    /// One query for each root field and each combination of what the world offers for its arguments.
    /// Ids are asked for in one query under many names, as a client that guesses would.
    pub fn queries(&self, pools: &Pools) -> Vec<String> {
        let mut queries = Vec::new();
        for field in self.fields(&self.query.clone()) {
            let depth = match field.name.as_str() {
                "node" => 0,
                // Down to the messages of an exchange about it.
                "dispatch" => DEPTH + 1,
                _ => DEPTH,
            };
            let ty = field.ty.named();
            let fields = self.selection(ty, depth, pools, &mut vec![]);
            // Said once for all names: the documents are long enough to read.
            let (selection, fragment) = if fields.is_empty() {
                ("", String::new())
            } else {
                ("{ ...All }", format!("fragment All on {ty} {fields}"))
            };
            let calls: Vec<String> = self
                .arguments(field, pools)
                .into_iter()
                .map(|args| format!("{}{args} {selection}", field.name))
                .collect();
            for chunk in calls.chunks(25) {
                let named: String =
                    chunk
                        .iter()
                        .enumerate()
                        .fold(String::new(), |mut all, (number, call)| {
                            let _ = writeln!(all, "a{number}: {call}");
                            all
                        });
                queries.push(format!("{{ {named} }} {fragment}"));
            }
        }
        queries
    }

    /// One subscription behind `after` for each thing that can be followed.
    pub fn subscriptions(&self, pools: &Pools, after: &str) -> Vec<String> {
        let feed = self.selection("FeedEvent", 1, pools, &mut vec![]);
        let mut scopes = vec!["home: true".to_owned(), "following: true".to_owned()];
        for (argument, values) in [
            ("communityId", pools.ids.get("community")),
            ("personId", pools.ids.get("person")),
            ("postId", pools.ids.get("post")),
            ("topic", pools.texts.get("topic")),
        ] {
            let values = values.into_iter().flatten();
            scopes.extend(values.map(|value| format!("{argument}: {value}")));
        }
        let inbox = self.selection("InboxEvent", 1, pools, &mut vec![]);
        let feeds = scopes.into_iter().map(|scope| {
            format!("subscription {{ feedEvents(scope: {{ {scope} }}, after: {after}) {feed} }}")
        });
        feeds
            .chain([format!(
                "subscription {{ inboxEvents(after: {after}) {inbox} }}"
            )])
            .collect()
    }

    /// One query with the placeholder `$ID` for each root field that takes an id of this type.
    pub fn queries_by_id(&self, prefix: &str, pools: &Pools) -> Vec<String> {
        let takes = |field: &Field, argument: &Argument| {
            argument.ty.named() == "ID"
                && prefixes_for(&field.name, &argument.name).contains(&prefix)
        };
        let mut queries = Vec::new();
        for field in self.fields(&self.query) {
            for argument in field.args.iter().filter(|argument| takes(field, argument)) {
                let rest = field.args.iter().filter(|other| {
                    other.name != argument.name
                        && other.ty.is_required()
                        && other.default_value.is_none()
                });
                let rest: String = rest
                    .map(|other| format!(", {}: {}", other.name, self.fallback(other)))
                    .collect();
                let selection = self.selection(field.ty.named(), 1, pools, &mut vec![]);
                queries.push(format!(
                    "{{ {}({}: \"$ID\"{rest}) {selection} }}",
                    field.name, argument.name
                ));
            }
        }
        queries
    }

    /// All combinations of arguments, each as `(a: 1, b: 2)`.
    fn arguments(&self, field: &Field, pools: &Pools) -> Vec<String> {
        let mut combinations: Vec<Vec<String>> = vec![vec![]];
        for argument in &field.args {
            let values = self.values(field, argument, pools);
            combinations = combinations
                .iter()
                .flat_map(|before| {
                    values.iter().map(move |value| {
                        let mut next = before.clone();
                        next.extend(
                            value
                                .iter()
                                .map(|value| format!("{}: {value}", argument.name)),
                        );
                        next
                    })
                })
                .collect();
        }
        combinations
            .into_iter()
            .map(|arguments| {
                if arguments.is_empty() {
                    String::new()
                } else {
                    format!("({})", arguments.join(", "))
                }
            })
            .collect()
    }

    /// Values for an argument; `None` leaves it out.
    fn values(&self, field: &Field, argument: &Argument, pools: &Pools) -> Vec<Option<String>> {
        let mut values: Vec<Option<String>> = match argument.ty.named() {
            "ID" => {
                let prefixes = prefixes_for(&field.name, &argument.name);
                prefixes
                    .iter()
                    .flat_map(|prefix| pools.ids.get(*prefix).cloned().unwrap_or_default())
                    .map(Some)
                    .collect()
            }
            "Int" if argument.name == "first" => vec![Some("50".into())],
            "String" if pools.texts.contains_key(&argument.name) => pools.texts[&argument.name]
                .iter()
                .cloned()
                .map(Some)
                .collect(),
            "Boolean" => vec![Some("true".into()), Some("false".into())],
            "PeopleFilterInput" => pools
                .ids
                .get("unit")
                .into_iter()
                .flatten()
                .map(|unit| Some(format!("{{ unitIds: [{unit}] }}")))
                .collect(),
            "AudienceRuleInput" => pools.rules.iter().cloned().map(Some).collect(),
            "DispatchTargetInput" => pools
                .ids
                .get("unit")
                .into_iter()
                .flatten()
                .flat_map(|unit| {
                    let kept = pools.ids.get("audience").into_iter().flatten();
                    let narrowed = kept.map(move |kept| {
                        Some(format!("{{ unitId: {unit}, targetAudienceId: {kept} }}"))
                    });
                    std::iter::once(Some(format!("{{ unitId: {unit} }}"))).chain(narrowed)
                })
                .collect(),
            name => match self.choices(name) {
                Some(all) => all.iter().map(|value| Some(value.name.clone())).collect(),
                None => vec![],
            },
        };
        if !argument.ty.is_required() || argument.default_value.is_some() {
            values.push(None);
        }
        values
    }

    /// Arguments for a field within an answer: what has to be given, with every id and every choice the world
    /// offers for it.
    fn calls(&self, field: &Field, pools: &Pools) -> Vec<String> {
        let required = field.args.iter().filter(|argument| {
            (argument.ty.is_required() && argument.default_value.is_none())
                || argument.name == "first"
        });
        let mut calls: Vec<Vec<String>> = vec![vec![]];
        for argument in required {
            let offered = match argument.ty.named() {
                "ID" => self.values(field, argument, pools),
                name if self.choices(name).is_some() => self.values(field, argument, pools),
                _ => vec![Some(self.fallback(argument))],
            };
            let offered: Vec<String> = offered.into_iter().flatten().collect();
            calls = calls
                .iter()
                .flat_map(|before| {
                    offered.iter().map(move |value| {
                        let mut next = before.clone();
                        next.push(format!("{}: {value}", argument.name));
                        next
                    })
                })
                .collect();
        }
        let call = |arguments: Vec<String>| match arguments.is_empty() {
            true => String::new(),
            false => format!("({})", arguments.join(", ")),
        };
        calls.into_iter().map(call).collect()
    }

    fn choices(&self, ty: &str) -> Option<&Vec<Named>> {
        self.types.get(ty).and_then(|ty| ty.enum_values.as_ref())
    }

    fn fallback(&self, argument: &Argument) -> String {
        match argument.ty.named() {
            "Int" => "20".into(),
            "Boolean" => "true".into(),
            "String" => "\"cnry\"".into(),
            "AudienceRuleInput" => "{ everybody: true }".into(),
            _ => "null".into(),
        }
    }

    /// Every field of a type, as deep as `depth` objects; a type is not entered again below itself.
    fn selection(&self, ty: &str, depth: usize, pools: &Pools, path: &mut Vec<String>) -> String {
        let Some(found) = self.types.get(ty) else {
            return String::new();
        };
        match found.kind.as_str() {
            "SCALAR" | "ENUM" => String::new(),
            "UNION" | "INTERFACE" => {
                let members = found.possible_types.iter().flatten().map(|member| {
                    format!(
                        "... on {} {}",
                        member.name,
                        self.selection(&member.name, depth, pools, path)
                    )
                });
                format!("{{ __typename {} }}", members.collect::<Vec<_>>().join(" "))
            }
            _ => self.object(found, depth, pools, path),
        }
    }

    fn object(&self, ty: &Type, depth: usize, pools: &Pools, path: &mut Vec<String>) -> String {
        let is_wrapper = ["Connection", "Edge"]
            .iter()
            .any(|ending| ty.name.ends_with(ending));
        path.push(ty.name.clone());
        let mut fields = vec!["__typename".to_owned()];
        for (number, field) in ty.fields.iter().flatten().enumerate() {
            let inner = field.ty.named();
            let is_leaf = self
                .types
                .get(inner)
                .is_none_or(|ty| matches!(ty.kind.as_str(), "SCALAR" | "ENUM"));
            let entered = path.iter().filter(|known| *known == inner).count();
            if !is_leaf && (entered > 0 || (depth == 0 && !is_wrapper)) {
                continue;
            }
            let selection = self.selection(
                inner,
                if is_wrapper {
                    depth
                } else {
                    depth.saturating_sub(1)
                },
                pools,
                path,
            );
            if !is_leaf && selection.is_empty() {
                continue;
            }
            for (call, arguments) in self.calls(field, pools).into_iter().enumerate() {
                // Fields of the same name in members of a union may differ in type: each gets its own name.
                fields.push(format!(
                    "{}_{number}_{call}: {}{arguments} {selection}",
                    alias(&ty.name, &field.name),
                    field.name
                ));
            }
        }
        path.pop();
        format!("{{ {} }}", fields.join(" "))
    }
}

fn alias(ty: &str, field: &str) -> String {
    format!("{field}_{ty}")
}

/// Which ids an argument takes.
fn prefixes_for(field: &str, argument: &str) -> Vec<&'static str> {
    match (field, argument) {
        ("node", _) => vec![
            "person",
            "community",
            "post",
            "reply",
            "draft",
            "attachment",
            "conversation",
            "message",
            "notification",
            "joinrequest",
            "invitation",
            "unit",
            "dispatch",
            "audience",
        ],
        (_, "communityId") | ("community", "id") => vec!["community"],
        (_, "personId") | ("person", "id") => vec!["person"],
        (_, "postId") | ("post", "id") => vec!["post"],
        ("reply", "id") => vec!["reply"],
        ("draft", "id") => vec!["draft"],
        ("conversation", "id") => vec!["conversation"],
        ("messages", "threadId") => vec!["message"],
        ("orgUnit", "id") | (_, "unitId" | "parentId") => vec!["unit"],
        ("dispatch", "id") => vec!["dispatch"],
        ("audience", "id") => vec!["audience"],
        ("reorganisation", "id") | (_, "reorganisationId") => vec!["reorganisation"],
        _ => panic!("say which ids {field}({argument}:) takes"),
    }
}

/// A text as a GraphQL literal.
pub fn literal(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
