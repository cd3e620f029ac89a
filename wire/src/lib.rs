//! The Nymble Commerce API's objects, exactly as its reference documents them.
//!
//! One file a resource. Encoding writes the reference's spelling (camelCase for resources, `PascalCase`
//! for sign-in). Decoding goes through [`decode`], which accepts every documented variant of casing,
//! envelope and address spelling, so that no other code has to know that the documents disagree.
//! Amounts are [`rust_decimal::Decimal`], read from the JSON number's own digits, never through a float.

mod address;
mod auth;
mod cart;
mod category;
mod checkout;
mod customer;
mod decode;
mod document;
mod filter;
mod hosted_payment;
mod invoice;
mod open_set;
mod order;
mod organization;
mod page;
mod payment;
mod place;
mod problem;
mod product;
mod sales_rep;
mod timestamp;
mod user;

pub use address::{Address, AddressType, BillingAddress};
pub use auth::{AccessAnswer, AccessRequest, LoginAnswer, LoginRequest};
pub use cart::{
    AddItem, Cart, CartChanges, CartLine, CartStatus, CreateCart, OrderType, SetPoNumber,
    SetShipping, UpdateCart, UpdateItem,
};
pub use category::{Category, CategoryTree};
pub use checkout::{CheckoutAnswer, CompleteCheckout, CreditCard, Payment};
pub use customer::{Contact, Customer, CustomerChanges};
pub use decode::{
    DecodeError, decode, decode_list, decode_page, decode_patch, decode_value, normalise,
};
pub use document::{
    CreateFolder, Document, DocumentFolder, DocumentList, FolderAnswer, FolderList,
};
pub use filter::{Filter, FilterOperator};
pub use hosted_payment::{
    TransactionSetup, TransactionSetupAnswer, TransactionState, TransactionStatus,
};
pub use invoice::{
    DiscountInvoice, Invoice, InvoicePayment, InvoiceStatus, PayInvoice, PaymentKind, RefundInvoice,
};
pub use order::{
    CreateOrder, CreateOrderLine, ImportedOrders, Order, OrderCustomer, OrderLine, OrderStatus,
    SalesRep, SetOrderStatus, ShippingDetails, StatusChange,
};
pub use organization::{
    ApiKey, ApiKeys, Organization, OrganizationAnswer, OrganizationCreated, OrganizationProfile,
    OrganizationUser, OrganizationUsers, Subscription,
};
pub use page::Page;
pub use payment::{AddPaymentMethod, PaymentMethodAdded, PaymentProfile};
pub use place::{Place, Places};
pub use problem::{FieldProblem, Problem};
pub use product::{Attributes, PriceEntry, Product, ProductImage};
pub use sales_rep::{OrganizationSalesRep, SalesRepOrganizations};
pub use timestamp::Timestamp;
pub use user::{CreateUser, User, UserExists};
