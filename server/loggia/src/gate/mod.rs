//! The one gate in front of GraphQL, for HTTP and WebSocket alike: limits, identity, loaders,
//! execution, and errors on their way out.

pub mod http;
pub mod limits;
mod protocol;
pub mod ws;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationType, Selection,
};
use async_graphql::{Request, Response, ServerError};
use futures_util::{Stream, StreamExt};
use identity::Authenticator;
use kernel::Viewer;
use platform::Database;
use platform::config::GraphqlConfig;
use platform::graphql::batched;

use crate::schema::{LoggiaSchema, request_data};

/// Executes what passes the limits, as the viewer it is given.
#[derive(Clone)]
pub struct Gate {
    schema: LoggiaSchema,
    database: Database,
    authenticator: Authenticator,
    limits: GraphqlConfig,
}

/// A document that passed the limits.
pub struct Prepared {
    request: Request,
    /// Query, mutation or subscription.
    pub operation: OperationType,
    /// Whether somebody who has to change the password first may use it.
    pub before_password_change: bool,
}

impl Gate {
    /// A gate before `schema`.
    pub fn new(
        schema: LoggiaSchema,
        database: Database,
        authenticator: Authenticator,
        limits: GraphqlConfig,
    ) -> Self {
        Self {
            schema,
            database,
            authenticator,
            limits,
        }
    }

    /// Refuses whoever has to change the password first.
    ///
    /// # Errors
    /// `Forbidden("PASSWORD_CHANGE_REQUIRED")`, database errors.
    pub async fn check_usable(&self, viewer: &Viewer) -> kernel::Result<()> {
        self.authenticator.check_usable(viewer).await
    }

    /// The limits in force.
    pub fn limits(&self) -> &GraphqlConfig {
        &self.limits
    }

    /// Parses a request and checks it against the limits.
    ///
    /// # Errors
    /// What is wrong with the document, ready for the answer.
    pub fn prepare(&self, mut request: Request) -> Result<Prepared, Box<ServerError>> {
        limits::check_tokens(&request.query, self.limits.max_tokens)
            .map_err(|refusal| refused(&refusal))?;
        let document = parse_query(&request.query).map_err(|error| Box::new(error.into()))?;
        let operation = pick(&document, request.operation_name.as_deref())?;
        limits::check(&document, operation, &request.variables, &self.limits)
            .map_err(|refusal| refused(&refusal))?;
        let kind = operation.ty;
        let before_password_change = operation.selection_set.node.items.iter().all(|selection| {
            // A fragment at the root may hide anything, so it does not count as harmless.
            matches!(&selection.node, Selection::Field(field)
                if identity::usable_before_password_change(&field.node.name.node))
        });
        request.set_parsed_query(document);
        if !self.limits.introspection {
            request = request.disable_introspection();
        }
        Ok(Prepared {
            request,
            operation: kind,
            before_password_change,
        })
    }

    /// Runs a query or mutation.
    pub async fn execute(&self, prepared: Prepared, viewer: &Viewer, request_id: &str) -> Response {
        let request = self.with_data(prepared.request, viewer, request_id);
        let response = batched(self.schema.execute(request)).await;
        complete(response, request_id)
    }

    /// Runs a subscription (or a query or mutation, as a stream of one).
    pub fn execute_stream(
        &self,
        prepared: Prepared,
        viewer: &Viewer,
        request_id: &str,
    ) -> impl Stream<Item = Response> + Send + use<> {
        let request = self.with_data(prepared.request, viewer, request_id);
        let request_id = request_id.to_owned();
        batched(self.schema.execute_stream(request))
            .map(move |response| complete(response, &request_id))
    }

    fn with_data(&self, request: Request, viewer: &Viewer, request_id: &str) -> Request {
        let viewer = viewer.for_new_request();
        let reader = self.database.reader(&viewer);
        let known = platform::graphql::Request {
            viewer,
            request_id: request_id.to_owned(),
        };
        request_data(request.data(known), &reader)
    }

    /// The schema behind the gate.
    pub fn schema(&self) -> &LoggiaSchema {
        &self.schema
    }
}

fn pick<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a async_graphql::parser::types::OperationDefinition, Box<ServerError>> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        _ => None,
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        Box::new(ServerError::new(
            "name the operation to run with operationName",
            None,
        ))
    })
}

fn refused(refusal: &limits::Refusal) -> Box<ServerError> {
    let mut error = ServerError::new(refusal.to_string(), None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", "INVALID");
    extensions.set("reason", refusal.code());
    Box::new(error)
}

fn complete(mut response: Response, request_id: &str) -> Response {
    for error in &mut response.errors {
        kernel::error::complete(error, request_id);
    }
    response
}
