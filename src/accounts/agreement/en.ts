export const en = `
This User Agreement sets out the terms on which you may use this licensing portal. Please read it to the end before you
accept or decline it. If you accept, you do so for yourself and, where you use the portal in the course of your work,
for the organization that you register licenses for.

## 1. Who this agreement is between

"The vendor" is the company that operates this portal and whose name stands at the top of every page. "You" are the
person who creates the account. "Your organization" is the company, authority, school or other body that you name when
you create the account, or that you join later. "The portal" is this website with its programming interfaces, e-mails
and downloads.

By accepting you confirm that you are at least 18 years old, or of age where you live, and that you may act for your
organization in matters of software licenses.

## 2. What the portal is for

The portal lets you register what your organization has bought, obtain license keys and license files, move licenses to
other hosts and addresses, share them with others, and download the software that they entitle you to. It shows what
the vendor knows about your licenses. It does not sell licenses, and it does not replace your order documents.

## 3. Your account

You give true and complete information when you create the account and keep it up to date. One person uses one account;
do not share it. Keep your password secret and choose one that you use nowhere else. If you believe that somebody else
has used your account, change your password at once, end the other sessions on your account page and tell the vendor's
support.

The e-mail address is your user name. It must be yours and must be confirmed before you can see any license. Messages
that the vendor sends to it about licenses, requests and security count as received when they can be read under
ordinary circumstances.

## 4. Your organization and its administrators

Licenses belong to organizations, never to a person. Whoever creates an organization in the portal becomes its first
administrator. Administrators decide who joins, which role each member has and with whom licenses are shared. When you
leave the organization, your access ends and the licenses stay.

What members do in the portal, they do for the organization. The organization answers for its members' use of the
portal, and for that of a partner whom it has allowed to act for it.

## 5. Serial numbers, license keys and license files

Serial numbers, license keys and license files are confidential. Use them only for the product, the quantity, the hosts
and the term that they were issued for, and pass them on only to people in your organization, or to those whom it has
asked to install or manage the software. Do not publish them, sell them separately from the license, change them, or
try to make your own.

The use of the software itself is governed by the license agreement of each product, and what was agreed in your order
comes first. Registering a license here gives no rights beyond those that were bought.

## 6. What you may not do

You may not try serial numbers, vouchers or passwords that were not given to you; look at licenses of other
organizations; get around limits, quantities or security measures of the portal; disturb its operation, for example by
automatic requests beyond the published limits; or bring in files or texts that are harmful, unlawful or infringe the
rights of others. Programs may use the portal through the interfaces and API keys that are meant for them.

## 7. Export control

Software, license keys and technical data may be subject to export control and sanctions laws, among them those of the
European Union and of the United States of America. You may not obtain, use or pass them on where these laws forbid it,
and you confirm that neither you nor your organization is on a list of persons with whom such dealings are forbidden.

## 8. Personal data

The vendor processes your name, contact data, language, time zone, the times and network addresses of your visits and
the history of your actions in order to provide the portal, to protect it against abuse, and to be able to prove who
has registered, moved or transferred a license. The history of a license is kept as long as the license exists and as
long as the law asks for it.

You may see and correct your data on your account page, ask for a copy, and close your account. When an account is
closed, personal data in it is removed or replaced by a pseudonym; the facts about licenses remain. Further details,
your rights and the contact for data protection stand in the vendor's privacy notice.

## 9. Availability and changes to the portal

The vendor runs the portal with the care that is usual in the trade, announces maintenance where it can, and may improve
or change functions. It does not promise that the portal is available at all times. License keys and license files that
you have downloaded work without the portal unless their product says otherwise; keep copies of them in a safe place.

## 10. Suspension and end

You may close your account at any time. The vendor may suspend an account that is used in breach of this agreement or
that endangers others, and will say why unless the law forbids it. It may end the agreement for an important reason, or
with notice of thirty days. Rights to licenses that were bought are not affected by the end of this agreement.

## 11. Liability

The vendor is liable without limit for intent and gross negligence, for injury to life, body or health, and wherever the
law does not allow liability to be limited. For the rest its liability for the portal is limited to the damage that is
typical and foreseeable for such a service. Nothing in this agreement limits the rights that consumers have under the
law of the country where they live.

## 12. Changes to this agreement

The vendor may publish a new version of this agreement. You will be asked to accept it at your next visit and can go on
only if you do. The version that you have accepted, the time and the network address from which you accepted it are
recorded.

## 13. General

If a provision of this agreement is void, the others remain in force. The law of the country in which the vendor has its
seat applies, without its conflict of laws rules and without the UN Convention on Contracts for the International Sale of
Goods, as far as no mandatory law says otherwise. Where this agreement exists in several languages, the version in the
language in which you accepted it is the one that counts.

You have reached the end of the User Agreement. Accept it to create your account, or decline it; if you decline, nothing
that you have entered is kept.
`.trim()
