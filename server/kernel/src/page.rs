//! Pages: cursors and the arguments of Relay connections (Relay Cursor Connections Specification).

use async_graphql::SimpleObject;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::error::{Error, Result};

/// Largest page a client may ask for.
pub const MAX_PAGE: i32 = 100;

/// Where a page is in its whole list.
#[derive(Debug, Clone, Default, SimpleObject)]
pub struct PageInfo {
    /// Whether more follows after this page.
    pub has_next_page: bool,
    /// Whether something stands before this page.
    pub has_previous_page: bool,
    /// Cursor of the first item.
    pub start_cursor: Option<String>,
    /// Cursor of the last item.
    pub end_cursor: Option<String>,
}

/// An opaque place in a list. Lists know only how to write and read their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor that is a UUID key.
    pub fn key(key: Uuid) -> Self {
        Self(key.simple().to_string())
    }

    /// A cursor made of parts that contain no `|`.
    pub fn parts(parts: &[&str]) -> Self {
        Self(parts.join("|"))
    }

    /// Reads what [`Cursor::encode`] wrote.
    ///
    /// # Errors
    /// `INVALID_CURSOR` for anything else.
    pub fn decode(text: &str) -> Result<Self> {
        let bytes = if text.len() <= 400 {
            URL_SAFE_NO_PAD.decode(text).ok()
        } else {
            None
        };
        bytes
            .and_then(|b| String::from_utf8(b).ok())
            .map(Self)
            .ok_or_else(invalid_cursor)
    }

    /// As the client sees it.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// The UUID key in it.
    ///
    /// # Errors
    /// `INVALID_CURSOR` when it is a cursor of another list.
    pub fn as_key(&self) -> Result<Uuid> {
        Uuid::try_parse(&self.0).map_err(|_| invalid_cursor())
    }

    /// The parts in it.
    ///
    /// # Errors
    /// `INVALID_CURSOR` when there are not exactly `N`.
    pub fn as_parts<const N: usize>(&self) -> Result<[&str; N]> {
        self.0
            .split('|')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| invalid_cursor())
    }
}

/// The error for a cursor that is not of this list.
pub fn invalid_cursor() -> Error {
    Error::invalid(
        "after",
        "INVALID_CURSOR",
        "This cursor is not of this list; start again without one.",
    )
}

/// Checked arguments of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageArgs {
    /// How many items at most, 1 to [`MAX_PAGE`].
    pub limit: u64,
    /// Start behind this place (before it when `backward`).
    pub from: Option<Cursor>,
    /// Whether the page ends, not starts, at `from` (`last` and `before`).
    pub backward: bool,
}

impl PageArgs {
    /// Checks `first` and `after`.
    ///
    /// # Errors
    /// `INVALID_PAGE_SIZE` or `INVALID_CURSOR`.
    pub fn forward(first: i32, after: Option<String>) -> Result<Self> {
        Self::new(Some(first), after, None, None)
    }

    /// Checks the four Relay arguments; exactly one of `first` and `last` must be there.
    ///
    /// # Errors
    /// `INVALID_PAGE_SIZE` or `INVALID_CURSOR`.
    pub fn new(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Self> {
        let (size, field, backward, from) = match (first, last) {
            (Some(first), None) => (first, "first", false, after),
            (None, Some(last)) => (last, "last", true, before),
            _ => {
                let text = "Give either first or last.";
                return Err(Error::invalid("first", "INVALID_PAGE_SIZE", text));
            }
        };
        if !(1..=MAX_PAGE).contains(&size) {
            let text = format!("A page has 1 to {MAX_PAGE} items.");
            return Err(Error::invalid(field, "INVALID_PAGE_SIZE", text));
        }
        let from = from.map(|text| Cursor::decode(&text)).transpose()?;
        Ok(Self {
            limit: u64::try_from(size).unwrap_or(1),
            from,
            backward,
        })
    }

    /// The key to start behind, for lists whose cursor is one UUID.
    ///
    /// # Errors
    /// `INVALID_CURSOR` when it is a cursor of another list.
    pub fn from_key(&self) -> Result<Option<Uuid>> {
        self.from.as_ref().map(Cursor::as_key).transpose()
    }
}

/// One page of items with their cursors.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items in list order, each with its cursor.
    pub items: Vec<(Cursor, T)>,
    /// Whether more follows in list order.
    pub has_next: bool,
    /// Whether something stands before in list order.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// Builds a page from up to `limit + 1` rows, read in reading direction (reversed when backward).
    pub fn from_rows(mut rows: Vec<T>, args: &PageArgs, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if args.backward {
            rows.reverse();
        }
        let (has_next, has_previous) = if args.backward {
            (args.from.is_some(), more)
        } else {
            (more, args.from.is_some())
        };
        let items = rows.into_iter().map(|row| (cursor(&row), row)).collect();
        Self {
            items,
            has_next,
            has_previous,
        }
    }

    /// The page with each item turned into something else.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Page<U> {
        let items = self
            .items
            .into_iter()
            .map(|(cursor, item)| (cursor, f(item)))
            .collect();
        Page {
            items,
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }

    /// The Relay page info.
    pub fn info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.items.first().map(|(cursor, _)| cursor.encode()),
            end_cursor: self.items.last().map(|(cursor, _)| cursor.encode()),
        }
    }
}

/// Declares a Relay connection and its edge over a GraphQL object:
/// `connection!(PersonConnection, PersonEdge, Person, total)` (or `plain` without `totalCount`).
#[macro_export]
macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ty, total) => {
        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        #[derive(async_graphql::SimpleObject)]
        pub struct $connection {
            /// Items of the page with their cursors.
            pub edges: Vec<$edge>,
            /// Items of the page without cursors.
            pub nodes: Vec<$node>,
            /// Place of the page in the whole list.
            pub page_info: $crate::PageInfo,
            /// Number of items in the whole list, as far as the viewer may see them.
            pub total_count: i32,
        }

        impl $connection {
            /// Builds the connection from a page and the total.
            pub fn new(page: $crate::Page<$node>, total: i64) -> Self {
                let page_info = page.info();
                let nodes = page.items.iter().map(|(_, node)| node.clone()).collect();
                let edges = page.items.into_iter();
                let edges = edges.map(|(cursor, node)| $edge { cursor: cursor.encode(), node }).collect();
                Self { edges, nodes, page_info, total_count: i32::try_from(total).unwrap_or(i32::MAX) }
            }
        }

        $crate::connection!(@edge $edge, $node);
    };
    ($connection:ident, $edge:ident, $node:ty, plain) => {
        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        #[derive(async_graphql::SimpleObject)]
        pub struct $connection {
            /// Items of the page with their cursors.
            pub edges: Vec<$edge>,
            /// Items of the page without cursors.
            pub nodes: Vec<$node>,
            /// Place of the page in the whole list.
            pub page_info: $crate::PageInfo,
        }

        impl $connection {
            /// Builds the connection from a page.
            pub fn new(page: $crate::Page<$node>) -> Self {
                let page_info = page.info();
                let nodes = page.items.iter().map(|(_, node)| node.clone()).collect();
                let edges = page.items.into_iter();
                let edges = edges.map(|(cursor, node)| $edge { cursor: cursor.encode(), node }).collect();
                Self { edges, nodes, page_info }
            }
        }

        $crate::connection!(@edge $edge, $node);
    };
    (@edge $edge:ident, $node:ty) => {
        #[doc = concat!("One `", stringify!($node), "` in a list.")]
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Place of this item in the list.
            pub cursor: String,
            /// Item itself.
            pub node: $node,
        }
    };
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn foreign_cursors_are_errors_not_panics(text in ".{0,500}") {
            if let Ok(cursor) = Cursor::decode(&text) {
                let _ = cursor.as_key();
                let _ = cursor.as_parts::<3>();
            }
        }
    }

    #[test]
    fn a_page_knows_whether_more_follows() {
        let args = PageArgs::forward(2, None).unwrap();
        let page = Page::from_rows(vec![1u128, 2, 3], &args, |n| {
            Cursor::key(Uuid::from_u128(*n))
        });
        assert!(page.has_next && !page.has_previous);
        assert_eq!(page.items.len(), 2);
        assert!(PageArgs::forward(0, None).is_err());
        assert!(PageArgs::forward(101, None).is_err());
        assert!(PageArgs::new(Some(1), None, Some(1), None).is_err());
    }
}
