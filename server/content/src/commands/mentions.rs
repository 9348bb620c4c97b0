//! Whom and what a text names: looked up for many texts at once, rendered for each author as far as
//! that author may know of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use communities::CommunityVisibility;
use communities::policy::standing_of;
use identity::queries::Reads;
use kernel::{CommunityId, Error, PersonId, Result, Viewer};
use richtext::{Mention, Resolved, Resolver};
use uuid::Uuid;

use crate::model::{MAX_LINKS, MAX_TOPICS, MAX_URL};

/// A cleaned and rendered text and what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) html: String,
    pub(crate) excerpt: String,
    pub(crate) topics: Vec<String>,
    pub(crate) people: Vec<PersonId>,
    pub(crate) communities: Vec<CommunityId>,
    pub(crate) links: Vec<String>,
}

/// People and communities that texts mention, by handle and slug.
#[derive(Debug, Default)]
pub(crate) struct Names {
    people: HashMap<String, (PersonId, String)>,
    communities: HashMap<String, NamedCommunity>,
    insiders: HashSet<(CommunityId, PersonId)>,
}

#[derive(Debug)]
struct NamedCommunity {
    id: CommunityId,
    name: String,
    is_secret: bool,
}

impl Names {
    /// Looks up everybody the texts mention: one statement for people, two for communities, and one
    /// for each author who names a secret community.
    pub(crate) async fn look_up<'a, R: Reads>(
        db: &R,
        texts: impl Iterator<Item = (PersonId, &'a str)>,
    ) -> Result<Self> {
        let mut handles: BTreeSet<String> = BTreeSet::new();
        let mut slugs: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        for (author, source) in texts.filter(|(_, source)| source.contains('@')) {
            for mention in richtext::find_mentions(source) {
                match mention {
                    Mention::Person { handle } => {
                        handles.insert(handle);
                    }
                    Mention::Community { slug } => {
                        slugs.entry(slug).or_default().insert(author);
                    }
                }
            }
        }
        // The author decides below what may be named; the house itself finds it.
        let house = Viewer::system("mentions");
        let handles: Vec<String> = handles.into_iter().collect();
        let wanted: Vec<String> = slugs.keys().cloned().collect();
        let people = identity::queries::people_by_handles(db, &handles).await?;
        let communities = communities::queries::by_slugs(db, &house, &wanted).await?;
        let mut names = Self {
            people: people
                .into_iter()
                .map(|p| (p.handle, (p.id, p.name)))
                .collect(),
            ..Self::default()
        };
        for (slug, community) in communities {
            let is_secret = community.visibility == CommunityVisibility::Secret;
            for author in slugs.get(&slug).into_iter().flatten().filter(|_| is_secret) {
                match standing_of(db, *author, community.id).await {
                    Ok(_) => {
                        names.insiders.insert((community.id, *author));
                    }
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            let (id, name) = (community.id, community.name);
            names.communities.insert(
                slug,
                NamedCommunity {
                    id,
                    name,
                    is_secret,
                },
            );
        }
        Ok(names)
    }

    fn community(&self, author: PersonId, slug: &str) -> Option<&NamedCommunity> {
        let found = self.communities.get(slug)?;
        let known = !found.is_secret || self.insiders.contains(&(found.id, author));
        known.then_some(found)
    }

    /// Renders a text of `author`, with `topics` given beside it.
    pub(crate) fn render(&self, author: PersonId, source: &str, topics: &[String]) -> Text {
        if source.is_empty() {
            return Text {
                topics: topics.to_vec(),
                ..Text::default()
            };
        }
        let document = richtext::render(
            source,
            &For {
                names: self,
                author,
            },
        );
        let mut text = Text {
            html: document.html,
            excerpt: document.excerpt,
            topics: topics.to_vec(),
            links: document
                .links
                .into_iter()
                .filter(|url| url.len() <= MAX_URL)
                .take(MAX_LINKS)
                .collect(),
            ..Text::default()
        };
        for topic in document.topics {
            if text.topics.len() < MAX_TOPICS && !text.topics.contains(&topic) {
                text.topics.push(topic);
            }
        }
        for mention in document.mentions {
            match mention {
                Mention::Person { handle } => {
                    text.people
                        .extend(self.people.get(&handle).map(|(id, _)| *id));
                }
                Mention::Community { slug } => {
                    text.communities
                        .extend(self.community(author, &slug).map(|c| c.id));
                }
            }
        }
        text
    }
}

/// What one author may mention.
struct For<'a> {
    names: &'a Names,
    author: PersonId,
}

impl Resolver for For<'_> {
    fn person(&self, handle: &str) -> Option<Resolved> {
        let (_, name) = self.names.people.get(handle)?;
        Some(Resolved {
            href: format!("/people/{handle}"),
            label: name.clone(),
        })
    }

    fn community(&self, slug: &str) -> Option<Resolved> {
        let found = self.names.community(self.author, slug)?;
        Some(Resolved {
            href: format!("/communities/{slug}"),
            label: found.name.clone(),
        })
    }
}

impl Text {
    /// Whom it addresses, as stored: kind and id.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        let people = self.people.iter().map(|id| ("person", id.0));
        people.chain(self.communities.iter().map(|id| ("community", id.0)))
    }
}
