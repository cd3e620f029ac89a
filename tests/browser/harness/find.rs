//! Finds elements as assistive technology names them: by role and accessible name.
//!
//! Chromium computes both (`Accessibility.queryAXTree`), so a test that finds a button by its name has
//! shown that a screen reader would, too.

use serde_json::{Value, json};
use std::fmt;
use thirtyfour::{By, WebElement, error::WebDriverResult};

use super::Shop;

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    role: &'static str,
    name: Option<String>,
    name_begins: Option<String>,
    holds: Option<String>,
    within: Option<Box<Target>>,
    first: bool,
}

/// Something of a role, whatever its name.
pub(crate) fn role(role: &'static str) -> Target {
    Target {
        role,
        name: None,
        name_begins: None,
        holds: None,
        within: None,
        first: false,
    }
}

/// A button.
pub(crate) fn button(name: &str) -> Target {
    role("button").named(name)
}

/// A link.
pub(crate) fn link(name: &str) -> Target {
    role("link").named(name)
}

/// A text field.
pub(crate) fn textbox(name: &str) -> Target {
    role("textbox").named(name)
}

impl Target {
    /// With exactly this name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// With a name that begins like this.
    pub(crate) fn beginning(mut self, name: &str) -> Self {
        self.name_begins = Some(name.to_owned());
        self
    }

    /// Whose text contains this.
    pub(crate) fn holding(mut self, text: &str) -> Self {
        self.holds = Some(text.to_owned());
        self
    }

    /// Inside another one.
    pub(crate) fn inside(mut self, outer: Target) -> Self {
        self.within = Some(Box::new(outer));
        self
    }

    /// The first, where several fit.
    pub(crate) fn first(mut self) -> Self {
        self.first = true;
        self
    }

    fn fits_name(&self, name: &str) -> bool {
        self.name_begins
            .as_ref()
            .is_none_or(|begin| name.starts_with(begin.as_str()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.role)?;
        if let Some(name) = &self.name {
            write!(f, " “{name}”")?;
        }
        if let Some(name) = &self.name_begins {
            write!(f, " “{name}…”")?;
        }
        if let Some(text) = &self.holds {
            write!(f, " holding “{text}”")?;
        }
        if let Some(outer) = &self.within {
            write!(f, " in {outer}")?;
        }
        Ok(())
    }
}

/// The browser's own number of an element, which chromedriver puts at the end of its element ids.
fn node_of(element: &WebElement) -> Option<(String, i64)> {
    let id = element.element_id().to_string();
    let (document, node) = id.rsplit_once('.')?;
    Some((document.to_owned(), node.parse().ok()?))
}

impl Shop {
    /// All elements that fit by now.
    pub(crate) async fn find_all(&self, target: &Target) -> WebDriverResult<Vec<WebElement>> {
        let root = self.driver.find(By::Css("html")).await?;
        let mut scopes = vec![root.clone()];
        if let Some(outer) = &target.within {
            scopes = Box::pin(self.find_all(outer)).await?;
        }
        let mut found: Vec<WebElement> = Vec::new();
        for scope in scopes {
            let Some((document, node)) = node_of(&scope) else {
                continue;
            };
            // By way of the object: a query for a node of a page that has just been left is never
            // answered, and the driver waits for it. An object dies with its page, which is an error.
            let object = self
                .driver
                .cdp()
                .send_raw("DOM.resolveNode", json!({ "backendNodeId": node }))
                .await?;
            let object = &object["object"]["objectId"];
            let mut query = json!({ "objectId": object, "role": target.role });
            if let Some(name) = &target.name {
                query["accessibleName"] = json!(name);
            }
            let answer = self
                .driver
                .cdp()
                .send_raw("Accessibility.queryAXTree", query)
                .await?;
            for node in answer["nodes"].as_array().into_iter().flatten() {
                let name = node["name"]["value"].as_str().unwrap_or_default();
                let number = node["backendDOMNodeId"].as_i64();
                let Some(number) = number.filter(|_| node["ignored"] != json!(true)) else {
                    continue;
                };
                if target.fits_name(name) {
                    let id = format!("{document}.{number}");
                    let element = json!({ "element-6066-11e4-a52e-4f735466cecf": id });
                    found.push(WebElement::from_json(
                        element,
                        self.driver.handle().clone(),
                    )?);
                }
            }
        }
        if let Some(text) = &target.holds {
            found = self.holding(found, text).await?;
        }
        if target.first {
            found.truncate(1);
        }
        Ok(found)
    }

    async fn holding(
        &self,
        elements: Vec<WebElement>,
        text: &str,
    ) -> WebDriverResult<Vec<WebElement>> {
        let script = "return [...arguments].slice(1).filter((element) => \
             element.innerText.replace(/\\s+/g, ' ').includes(arguments[0]))";
        let mut arguments = vec![Value::from(text)];
        for element in &elements {
            arguments.push(element.to_json()?);
        }
        self.driver.execute(script, arguments).await?.elements()
    }

    /// Role and name of the element that has the focus: `button “Sign in”`.
    pub(crate) async fn focused(&self) -> String {
        let look = async {
            let element = self.driver.active_element().await?;
            let node = node_of(&element).map(|(_, node)| node);
            let query = json!({ "backendNodeId": node, "fetchRelatives": false });
            let answer = self
                .driver
                .cdp()
                .send_raw("Accessibility.getPartialAXTree", query)
                .await?;
            let node = &answer["nodes"][0];
            let part = |part: &str| node[part]["value"].as_str().unwrap_or_default().to_owned();
            WebDriverResult::Ok(format!("{} “{}”", part("role"), part("name")))
        };
        look.await.unwrap_or_default()
    }
}
