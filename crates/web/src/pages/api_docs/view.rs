//! The description of the API as what the page shows.

use serde_json::Value;

use super::{Group, Operation, Parameter, Presence};

const METHODS: [(&str, &str); 5] =
    [("get", "GET"), ("post", "POST"), ("put", "PUT"), ("patch", "PATCH"), ("delete", "DELETE")];

/// Every operation by room, both in the order of the description.
pub fn groups() -> Vec<Group> {
    let description: Value = serde_json::from_str(&crate::api::description()).unwrap_or_default();
    let schemas = &description["components"]["schemas"];
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in description["paths"].as_object().into_iter().flatten() {
        for (key, method) in METHODS.iter().filter(|(key, _)| item.get(key).is_some()) {
            let operation = operation(method, path, &item[key], schemas);
            let tag = text(&item[key]["tags"][0]);
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group { name: tag, operations: vec![operation] }),
            }
        }
    }
    groups
}

fn operation(method: &'static str, path: &str, said: &Value, schemas: &Value) -> Operation {
    let parameters = said["parameters"].as_array().into_iter().flatten().map(|said| Parameter {
        name: text(&said["name"]),
        place: text(&said["in"]),
        presence: if said["required"] == true { Presence::Needed } else { Presence::Optional },
        text: text(&said["description"]),
    });
    let answers = said["responses"].as_object().into_iter().flatten();
    let answers = answers.map(|(status, said)| (status.clone(), schema(said, schemas)));
    let (summary, more) = (text(&said["summary"]), text(&said["description"]));
    Operation {
        method,
        path: path.to_owned(),
        summary: [summary, more].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        parameters: parameters.collect(),
        body: schema(&said["requestBody"], schemas),
        answers: answers.collect(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The schema of a body; the name of its media type where it is no JSON.
fn schema(said: &Value, schemas: &Value) -> String {
    let Some(content) = said["content"].as_object() else { return String::new() };
    let json = content.iter().find(|(kind, _)| kind.ends_with("json"));
    let Some((_, body)) = json else { return content.keys().cloned().collect::<Vec<_>>().join(", ") };
    let named = resolved(&body["schema"], schemas);
    serde_json::to_string_pretty(named).unwrap_or_default()
}

/// A schema that only names another is that one.
fn resolved<'s>(schema: &'s Value, schemas: &'s Value) -> &'s Value {
    let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.and_then(|name| schemas.get(name)).unwrap_or(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_shown_with_what_it_takes() {
        let groups = groups();
        let operations: Vec<&Operation> = groups.iter().flat_map(|group| &group.operations).collect();
        let made = operations.iter().find(|own| own.method == "POST" && own.path == "/api/v1/plans").unwrap();
        assert!(made.body.contains("\"year\"") && made.answers.iter().any(|(status, _)| status == "201"));
        assert!(made.parameters.iter().any(|own| own.name == "Idempotency-Key"));
        let written = crate::api::description().matches("\"operationId\"").count();
        assert_eq!(operations.len(), written);
    }
}
