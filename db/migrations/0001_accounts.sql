-- Logins, organizations, operators and the User Agreement.
-- The tables in schema auth belong to the better-auth library, which names its columns in camelCase.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create schema auth;

create table auth."user" (
  "id" uuid primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null default false,
  "image" text,
  "givenName" text not null default '',
  "familyName" text not null default '',
  "phone" text,
  "locale" text not null default 'en',
  "timeZone" text not null default 'UTC',
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  constraint user_email_lower check ("email" = lower("email"))
);
comment on table auth."user" is 'A login. The user name is the e-mail address, stored in lower case.';

create table auth."session" (
  "id" uuid primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "activeOrganizationId" uuid
);
create index sessions_of_user on auth."session" ("userId");
create index sessions_expiry on auth."session" ("expiresAt");

create table auth."account" (
  "id" uuid primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index accounts_of_user on auth."account" ("userId");

create table auth."verification" (
  "id" uuid primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on auth."verification" ("identifier");
create index verification_expiry on auth."verification" ("expiresAt");

create table organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  country text check (country ~ '^[A-Z]{2}$'),
  keys_in_email boolean not null default false,
  created_at timestamptz not null
);
comment on table organizations is 'The holder of licenses. Licenses belong to organizations, never to a person.';
comment on column organizations.keys_in_email is 'Whether license keys may be written into e-mails.';

create table memberships (
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  role text not null check (role in ('viewer', 'downloader', 'manager', 'administrator')),
  created_at timestamptz not null,
  primary key (organization_id, user_id)
);
create index memberships_user on memberships (user_id);
comment on table memberships is 'Who works for which organization, and what they may do.';

create table operators (
  user_id uuid primary key references auth."user" ("id") on delete cascade,
  role text not null check (role in ('support', 'catalog', 'orders', 'administrator', 'auditor')),
  created_at timestamptz not null
);
comment on table operators is 'The vendor''s staff.';

create table agreements (
  id uuid primary key,
  version text not null unique,
  published_at timestamptz not null
);
comment on table agreements is 'Versions of the User Agreement; the one published last is current.';
create index agreements_published on agreements (published_at desc);

create table agreement_texts (
  agreement_id uuid not null references agreements (id),
  locale text not null,
  body text not null,
  primary key (agreement_id, locale)
);
comment on table agreement_texts is 'The text of one agreement version in one language: paragraphs with blank lines between, headings begin with ##.';

create table agreement_acceptances (
  user_id uuid not null references auth."user" ("id") on delete cascade,
  agreement_id uuid not null references agreements (id),
  accepted_at timestamptz not null,
  address text,
  locale text not null,
  primary key (user_id, agreement_id)
);
comment on table agreement_acceptances is 'Which user accepted which version, when and from which network address.';
