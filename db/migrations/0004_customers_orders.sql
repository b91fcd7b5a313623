-- Buyers and what they bought, as the vendor's ERP tells it.

create table customers (
  id uuid primary key,
  number text collate "C" not null unique check (length(number) between 1 and 40),
  name text not null check (length(name) between 1 and 200),
  country text not null check (country ~ '^[A-Z]{2}$'),
  locale text not null default 'en',
  created_at timestamptz not null
);
comment on table customers is 'The vendor''s ERP identity of a buyer; its number is the customer number.';

create table customer_associations (
  organization_id uuid not null references organizations (id),
  customer_id uuid not null references customers (id),
  proven_by text not null check (proven_by in ('order', 'serial', 'operator')),
  proof text not null,
  created_at timestamptz not null,
  primary key (organization_id, customer_id)
);
comment on table customer_associations is 'The customer numbers of an organization and what proved each.';
create index customer_associations_customer on customer_associations (customer_id);

create table addresses (
  id uuid primary key,
  customer_id uuid references customers (id),
  organization_id uuid references organizations (id),
  company text not null check (length(company) between 1 and 200),
  street text not null check (length(street) between 1 and 200),
  street2 text check (length(street2) <= 200),
  city text not null check (length(city) between 1 and 100),
  region text check (length(region) <= 100),
  postal_code text check (length(postal_code) <= 20),
  country text not null check (country ~ '^[A-Z]{2}$'),
  created_at timestamptz not null,
  check (customer_id is not null or organization_id is not null)
);
comment on table addresses is 'Install-at addresses, known from orders (customer) or entered by an organization.';
create unique index addresses_of_customer on addresses
  (customer_id, company, street, coalesce(street2, ''), city, coalesce(region, ''), coalesce(postal_code, ''), country)
  where customer_id is not null;
create index addresses_of_organization on addresses (organization_id) where organization_id is not null;

create table orders (
  id uuid primary key,
  number text collate "C" not null unique check (length(number) between 1 and 40),
  customer_id uuid not null references customers (id),
  purchase_order text check (length(purchase_order) <= 80),
  ordered_on date not null,
  reseller text check (length(reseller) <= 200),
  contact_name text check (length(contact_name) <= 200),
  contact_email text check (length(contact_email) <= 254),
  cancelled_at timestamptz,
  created_at timestamptz not null
);
comment on table orders is 'A purchase. Its contact is told about licenses that nobody has registered yet.';
create index orders_customer on orders (customer_id);

create table order_lines (
  id uuid primary key,
  order_id uuid not null references orders (id),
  line_number integer not null check (line_number > 0),
  certificate_number text collate "C" check (length(certificate_number) <= 40),
  unique (order_id, line_number)
);
comment on table order_lines is 'One line of an order; each became one license with one serial number.';
