//! `POST /api/images/from-local` and `POST /api/images/category`: a picture by multipart form.

use axum::{
    body::Bytes,
    extract::{
        Multipart, State as FromState,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
};
use rusqlite::{Connection, OptionalExtension};

use super::{
    record::{keep, key},
    resize::{Sizes, Unfit, resize},
};
use crate::{
    auth::Caller,
    clock,
    http::no_content,
    problem::{Answer, Problem},
    state::State,
};

/// The largest picture file, in bytes.
///
/// Assumption: 10 MB; the documents name no limit.
const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// The largest form: the file and what surrounds it.
pub(super) const LARGEST_FORM: usize = LARGEST_FILE + 64 * 1024;

const LONGEST_NAME: usize = 200;

/// A product's picture.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes the form; it is read field by field")]
pub(crate) struct ProductImageForm {
    /// PNG, JPEG or WebP, at most 10 MB; its name without the extension is the image's.
    #[schema(value_type = String, format = Binary)]
    image: Vec<u8>,
    /// The product that shows it from now on.
    sku: Option<String>,
    /// Whether the file's name without the extension is the SKU; goes before `sku`.
    #[schema(rename = "extractSkuFromImageName")]
    extract_sku_from_image_name: Option<bool>,
}

/// A category's picture.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes the form; it is read field by field")]
pub(crate) struct CategoryImageForm {
    /// PNG, JPEG or WebP, at most 10 MB.
    #[schema(value_type = String, format = Binary)]
    image: Vec<u8>,
    /// The category, in any casing.
    #[schema(rename = "categoryName")]
    category_name: String,
}

/// A form that was read.
#[derive(Default)]
struct Form {
    name: String,
    file: Option<Bytes>,
    sku: String,
    extract: bool,
    category: String,
}

/// Uploads a picture, for a product when a SKU is given.
///
/// Assumption: the image is called as the file without its extension, and one of that name is replaced; a product
/// shows it after those it has. A SKU that is not in the catalogue is a 400.
#[utoipa::path(post, path = "/api/images/from-local", tag = "Images",
    request_body(content = ProductImageForm, content_type = "multipart/form-data"),
    responses((status = 204, description = "The image is there in its three sizes.")))]
pub(crate) async fn from_local(
    FromState(state): FromState<State>,
    caller: Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    caller.require_admin()?;
    let (form, sizes) = receive(form).await?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            keep(db, &tenant, &form.name, &sizes)?;
            let sku = if form.extract { &form.name } else { &form.sku };
            if sku.is_empty() {
                return Ok(());
            }
            show(db, tenant.org, sku, &key(&tenant, &form.name))
        })
        .await?;
    Ok(no_content())
}

/// Uploads a category's picture.
///
/// Assumption: path and `categoryName` (the documents only tell of a form with the file and the category's name).
#[utoipa::path(post, path = "/api/images/category", tag = "Images",
    request_body(content = CategoryImageForm, content_type = "multipart/form-data"),
    responses((status = 204, description = "The category shows the picture.")))]
pub(crate) async fn category(
    FromState(state): FromState<State>,
    caller: Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    caller.require_admin()?;
    let (form, sizes) = receive(form).await?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let found: Option<(i64, String)> = db
                .query_row(
                    "SELECT category, breadcrumb FROM categories WHERE org = ? AND fold(name) = fold(?)",
                    (tenant.org, form.category.trim()),
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let (category, breadcrumb) = found.ok_or_else(|| {
                let reason = format!("There is no category '{}'.", form.category);
                Problem::field("categoryName", reason)
            })?;
            let slug = breadcrumb.to_lowercase().replace([' ', '/'], "-");
            let name = format!("category/{slug}");
            keep(db, &tenant, &name, &sizes)?;
            db.execute(
                "UPDATE categories SET glyph = ? WHERE category = ?",
                (key(&tenant, &name), category),
            )?;
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// Has a product show an image, if it does not yet.
fn show(db: &Connection, org: i64, sku: &str, key: &str) -> Answer<()> {
    let found: Option<(i64, Option<String>)> = db
        .query_row(
            "SELECT product, images FROM products WHERE org = ? AND sku = ?",
            (org, sku),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (product, images) =
        found.ok_or_else(|| Problem::field("sku", format!("There is no product '{sku}'.")))?;
    let images = images.unwrap_or_default();
    let mut names: Vec<&str> = images.lines().collect();
    if !names.contains(&key) {
        names.push(key);
    }
    db.execute(
        "UPDATE products SET images = ?, updated_at = ? WHERE product = ?",
        (names.join("\n"), clock::now(), product),
    )?;
    Ok(())
}

/// Reads the form and makes the sizes.
async fn receive(form: Result<Multipart, MultipartRejection>) -> Answer<(Form, Sizes)> {
    let form = form.map_err(|_| {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .detail("Send the image as 'multipart/form-data' with a boundary.")
    })?;
    let mut form = read(form).await?;
    let file = form
        .file
        .take()
        .filter(|file| !file.is_empty())
        .ok_or_else(|| Problem::field("image", "'image' must not be empty."))?;
    if file.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let sizes = tokio::task::spawn_blocking(move || resize(&file))
        .await
        .map_err(|_| Problem::field("image", "'image' could not be decoded."))?
        .map_err(|unfit| match unfit {
            Unfit::Kind => Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
                .detail("An image is a PNG, JPEG or WebP file."),
            Unfit::Content(why) => {
                Problem::field("image", format!("'image' could not be decoded: {why}."))
            }
        })?;
    Ok((form, sizes))
}

async fn read(mut multipart: Multipart) -> Answer<Form> {
    let mut form = Form::default();
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| unreadable(&error))?
    {
        let name = field.name().unwrap_or_default().to_ascii_lowercase();
        if name == "image" {
            form.name = image_name(field.file_name().unwrap_or_default())?;
            form.file = Some(field.bytes().await.map_err(|error| unreadable(&error))?);
            continue;
        }
        let text = field.text().await.map_err(|error| unreadable(&error))?;
        match name.as_str() {
            "sku" => form.sku = text,
            "categoryname" => form.category = text,
            "extractskufromimagename" => {
                form.extract = match text.trim().to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" | "" => false,
                    _ => {
                        return Err(Problem::field(
                            "extractSkuFromImageName",
                            "'extractSkuFromImageName' must be true or false.",
                        ));
                    }
                }
            }
            // What is not known is passed over, as in JSON bodies.
            _ => {}
        }
    }
    Ok(form)
}

/// A file's name without folders and extension.
fn image_name(file: &str) -> Answer<String> {
    let base = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = base.rsplit_once('.').map_or(base, |(stem, _)| stem).trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control)
    {
        let reason = format!("'image' must have a file name of 1 to {LONGEST_NAME} letters.");
        return Err(Problem::field("image", reason));
    }
    Ok(name.to_owned())
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Problem::bad_request("The form could not be read.")
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail("The image is larger than 10 MB.")
}
