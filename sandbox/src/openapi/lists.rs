//! The parameters that every list takes.

use nymble_wire::{Filter, FilterOperator};
use utoipa::{
    PartialSchema,
    openapi::{
        Components, Content, Ref,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ArrayBuilder, Object, ObjectBuilder, Type},
    },
};

use crate::http::LARGEST_PAGE;

/// Adds the schemas that the parameters name.
pub(super) fn declare(components: &mut Components) {
    for (name, schema) in [
        ("Filter", Filter::schema()),
        ("FilterOperator", FilterOperator::schema()),
    ] {
        components.schemas.insert(name.to_owned(), schema);
    }
}

/// Paging, and for a list that is not in an order of its own, sorting and filters.
pub(super) fn parameters(sorted: bool) -> Vec<Parameter> {
    let text = || Object::with_type(Type::String);
    let number = |largest: Option<u64>| {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(largest)
            .build()
    };
    let mut parameters = vec![
        query("pageNumber", "Which page, from 1.").schema(Some(number(None))),
        query("pageSize", "Records on a page.").schema(Some(number(Some(LARGEST_PAGE)))),
    ];
    if sorted {
        let filters = ArrayBuilder::new().items(Ref::from_schema_name("Filter"));
        parameters.extend([
            query("sortOn", "The field to sort on.").schema(Some(text())),
            query("sortDirection", "`asc` or `desc`.").schema(Some(
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .enum_values(Some(["asc", "desc"])),
            )),
            query(
                "filters",
                "A JSON array of conditions, all of which must hold; also `filters[0].field=…`.",
            )
            .content("application/json", Content::new(Some(filters))),
        ]);
    }
    parameters
        .into_iter()
        .map(ParameterBuilder::build)
        .collect()
}

fn query(name: &str, about: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .description(Some(about))
}
