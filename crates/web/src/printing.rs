//! Documents of pages as PDF: what every one has, and the answer that sends it.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use dacheng_app::{Result, printing};
use dacheng_paper::{Block, Form, Seal, Sheet};

use crate::http::{Desk, encoded};

/// What a document is; its company and its language are those of the desk.
#[derive(Debug, Clone)]
pub struct Document {
    /// How the paper lies.
    pub form: Form,
    /// Its number.
    pub number: String,
    /// Which version, from 1.
    pub version: i64,
    /// What it is: 改进计划.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Its content.
    pub blocks: Vec<Block>,
    /// What was signed, where it shows that.
    pub seal: Option<Seal>,
}

impl Desk<'_> {
    /// A document as a PDF that is named after its title and number.
    pub fn print(&self, document: Document) -> Result<Response> {
        let Document { form, number, version, title, about, blocks, seal } = document;
        let name = encoded(&format!("{title}_{number}.pdf")).replace('/', "%2F");
        let company = self.company.name.clone();
        let sheet = Sheet { lang: self.lang(), form, company, number, version, title, about, blocks, seal };
        let pdf = printing::print(self.app, &self.context, &sheet, self.asker())?;
        let headers = [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, pdf).into_response())
    }
}
