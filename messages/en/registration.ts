export const registration = {
  'registration.title': 'New Purchase',
  'registration.lead': 'Enter the serial numbers of your purchase to get its license keys.',
  'registration.purchases.title': 'Purchases to register',
  'registration.purchases.lead': 'What was bought under your customer numbers and nobody has registered yet.',
  'registration.purchases.count': '{count, plural, =0 {Nothing waits} one {# license waits} other {# licenses wait}}',
  'registration.purchases.order': 'Order',
  'registration.purchases.ordered_on': 'Ordered',
  'registration.purchases.products': 'Products',
  'registration.purchases.waiting': 'Licenses',
  'registration.purchases.start': 'Start registration',
  'registration.purchases.start_of': 'Start registration: {name}',
  'registration.purchases.start_all': 'Start with all',
  'registration.purchases.no_order': 'Without an order',
  'registration.purchases.purchase_order': 'Purchase order {purchase_order}',
  'registration.purchases.more_products': '{count, plural, one {and one more product} other {and # more products}}',
  'registration.purchases.none': 'Nothing waits to be registered',
  'registration.purchases.none.text': 'Purchases appear here for the customer numbers of your organization.',
  'registration.purchases.nothing_waits': 'Nothing of this purchase waits any more: it was registered meanwhile.',
  'registration.step.serials': 'Serial numbers',
  'registration.step.details': 'Registration',
  'registration.step.verify': 'License Registration Verification',
  'registration.step.confirmation': 'License Key Confirmation',
  'registration.next': 'Next',

  'registration.open.title': 'Baskets you can resume',
  'registration.open.text': 'Nothing is registered yet. Any manager of your organization can go on with them.',
  'registration.open.empty': 'Empty basket',
  'registration.open.name': '{serial} and {count, plural, one {one more} other {# more}}',
  'registration.open.state': 'State',
  'registration.open.changed': 'last changed {when}',
  'registration.open.submitted': 'being registered',
  'registration.discard': 'Discard this basket',
  'registration.discard_of': 'Discard the basket with {name}',
  'registration.discarded': 'The basket was discarded. Its serial numbers can be entered again at any time.',

  'registration.serials.field': 'Serial numbers',
  'registration.serials.hint':
    'Type one, or paste as many as you like in any layout, up to {max}. Capital and small letters differ.',
  'registration.serials.file': 'Or a file with serial numbers',
  'registration.serials.file_hint':
    'CSV or Excel (.xlsx). The column “Serial number” is read; without one, every cell.',
  'registration.serials.add': 'Add',
  'registration.serials.required': 'Type or paste a serial number, or choose a file',
  'registration.serials.nothing_found':
    'No serial number was found in it. A serial number has 6 to 40 letters, digits and hyphens',
  'registration.serials.too_many': 'A basket holds up to {max} serial numbers. Register these first, then the others',
  'registration.serials.too_many_unknown':
    'Too many of these serial numbers are unknown. Check that you chose the right column and kept capital and small letters, then try again in a few minutes',
  'registration.serials.unreadable': 'This file cannot be read. Save it as CSV (UTF-8) or .xlsx and try again',
  'registration.serials.added':
    '{added, plural, =0 {Nothing new was added} one {One serial number was added} other {# serial numbers were added}}.',
  'registration.serials.repeated':
    '{count, plural, one {{serial} is in the list already.} other {# are in the list already, for example {serial}.}}',
  'registration.serials.words':
    '{count, plural, one {One word without digits was left out.} other {# words without digits were left out.}}',
  'registration.serials.removed':
    '{count, plural, =0 {Nothing was removed} one {One serial number was removed} other {# serial numbers were removed}}.',
  'registration.serials.list': 'Serial numbers in this basket',
  'registration.serials.empty': 'The basket is empty',
  'registration.serials.empty_text':
    'Serial numbers that you add appear here, each with its product and what can be done.',
  'registration.serials.count':
    '{ready, plural, one {One can be registered} other {# can be registered}}{refused, plural, =0 {} one {; one cannot} other {; # cannot}}',
  'registration.serials.show_refused': 'Show only those that cannot be registered',
  'registration.serials.show_all': 'Show all',
  'registration.serials.remove_refused': 'Remove all that cannot be registered',
  'registration.serials.remove_of': 'Remove {serial}',
  'registration.serials.refused':
    '{count, plural, one {One serial number cannot be registered. Follow the advice beside it, or remove it.} other {# serial numbers cannot be registered. Follow the advice beside each, or remove them.}}',
  'registration.serials.none_yet': 'Add at least one serial number first.',
  'registration.serials.separated': '{serial} now waits in a basket of its own. Open it when you are done here.',

  'registration.column.serial': 'Serial number',
  'registration.column.product': 'Product',
  'registration.column.quantity': 'Quantity',
  'registration.column.outcome': 'Outcome',
  'registration.column.key': 'License key',
  'registration.column.host': 'Host',
  'registration.column.remove': 'Remove',
  'registration.column.change': 'Change',

  'registration.outcome.ready': 'Ready to register',
  'registration.outcome.support_only': 'For support only',
  'registration.outcome.support_only.text':
    'This product needs no license key. Registering it entitles you to support.',
  'registration.outcome.printed': 'Key on the certificate',
  'registration.outcome.printed.text':
    'The license key is printed on your certificate; there is nothing to activate. You can register it for support.',
  'registration.outcome.not_found': 'Not found',
  'registration.outcome.not_found.text':
    'Compare it with your certificate: capital and small letters differ, as do O and 0, I and 1.',
  'registration.outcome.not_found.suggestion': 'Did you mean {serial}?',
  'registration.outcome.not_found.use': 'Use {serial} instead',
  'registration.outcome.registered_by_you': 'Already yours',
  'registration.outcome.registered_by_you.text':
    'Your organization has registered it already. Open it to see its keys.',
  'registration.outcome.registered_by_you.open': 'Open this license',
  'registration.outcome.registered_by_you.rehost': 'Move to a New Host',
  'registration.outcome.registered_elsewhere': 'Registered elsewhere',
  'registration.outcome.registered_elsewhere.text':
    'Another organization has registered it. Ask whoever bought it to share the license with you, or write to {email} to request a transfer.',
  'registration.outcome.alone': 'Must be registered alone',
  'registration.outcome.alone.text': 'This product cannot be registered together with others.',
  'registration.outcome.alone.separate': 'Move to a basket of its own',
  'registration.outcome.flex': 'Enterprise Flex',
  'registration.outcome.flex.text': 'It belongs to an Enterprise Flex contract: draw licenses down there instead.',
  'registration.outcome.voucher': 'Voucher',
  'registration.outcome.voucher.text': 'This is a voucher, not a serial number: redeem it in the Voucher Center.',
  'registration.outcome.revoked': 'Revoked',
  'registration.outcome.revoked.text':
    'The vendor has revoked this license. Write to {email} if you think that is wrong.',
  'registration.outcome.superseded': 'Replaced',
  'registration.outcome.superseded.text':
    'Another serial number has taken its place. Look for it in a later certificate.',
  'registration.outcome.order_cancelled': 'Order cancelled',
  'registration.outcome.order_cancelled.text':
    'Its order was cancelled. Write to {email} if you still hold the license.',
  'registration.outcome.external': 'Key from another service',
  'registration.outcome.external.text':
    'Keys of this product come from a service that is not connected here. Write to {email} to get yours.',

  'registration.outcome.not_eligible': 'Cannot be upgraded',
  'registration.outcome.not_eligible.text': 'The selection of licenses says why.',

  'registration.details.lead':
    'Entered once for all licenses of this basket. You can change it for single licenses below.',
  'registration.details.registered_to': 'Registered-to company',
  'registration.details.registered_to_hint':
    'The company that uses the licenses; its name is signed into license files.',
  'registration.details.address': 'Install-at address',
  'registration.details.address_hint': 'Where the software is used.',
  'registration.details.address_search': 'Search addresses',
  'registration.details.address_show': 'Show addresses',
  'registration.details.address_none': 'Not decided yet',
  'registration.details.address_new': 'A new address',
  'registration.details.address_no_match': 'No address has all of these words. Search for fewer, or enter a new one.',
  'registration.details.address_unknown': 'Choose one of the addresses shown',
  'registration.details.contacts': 'Technical support contacts',
  'registration.details.contacts_hint': 'They receive the e-mail about this registration and are known to support.',
  'registration.contact.legend': 'Contact {n}',
  'registration.contact.name': 'Name',
  'registration.contact.email': 'E-mail address',
  'registration.contact.phone': 'Telephone',
  'registration.contact.add': 'Add a contact',
  'registration.contact.required': 'Name at least one contact',
  'registration.details.product': '{product}: {count, plural, one {one license} other {# licenses}}',
  'registration.hosts.legend': 'Hosts',
  'registration.hosts.hint':
    'The license file works on these hosts only. Leave the quantity empty to give a host all that is left.',
  'registration.hosts.type': 'Kind of host ID',
  'registration.hosts.id': 'Host ID',
  'registration.hosts.quantity': 'Deployed quantity',
  'registration.hosts.add': 'Add a host',
  'registration.hosts.too_many': 'Enter at most {max} hosts',
  'registration.hosts.find': 'How to find it',
  'registration.host.mac': 'MAC address',
  'registration.host.mac.find': 'Windows: getmac /v · Linux: ip link · macOS: networksetup -listallhardwareports',
  'registration.host.mac.wrong': 'Enter 12 hexadecimal digits, for example 00:1a:2b:3c:4d:5e',
  'registration.host.hostname': 'Host name',
  'registration.host.hostname.find': 'On every system: hostname',
  'registration.host.hostname.wrong': 'Enter a host name such as build-07 or build-07.example.com, not localhost',
  'registration.host.ip': 'IP address',
  'registration.host.ip.find': 'Windows: ipconfig · Linux: ip address · macOS: ipconfig getifaddr en0',
  'registration.host.ip.wrong': 'Enter an IPv4 or IPv6 address of the host, not 127.0.0.1',
  'registration.host.uuid': 'System UUID',
  'registration.host.uuid.find':
    'Windows: (Get-CimInstance Win32_ComputerSystemProduct).UUID · Linux: cat /sys/class/dmi/id/product_uuid',
  'registration.host.uuid.wrong': 'Enter a UUID such as 4c4c4544-0042-3510-8054-b7c04f4e3332, not one of zeros',
  'registration.host.machine_id': 'Machine ID',
  'registration.host.machine_id.find': 'Linux: cat /etc/machine-id',
  'registration.host.machine_id.wrong': 'Enter the 32 hexadecimal digits of /etc/machine-id',
  'registration.host.volume': 'Volume serial number',
  'registration.host.volume.find': 'Windows: vol C:',
  'registration.host.volume.wrong': 'Enter eight hexadecimal digits, for example 1A2B-3C4D',
  'registration.host.dongle': 'Hardware key number',
  'registration.host.dongle.find': 'It is printed on the hardware key.',
  'registration.host.dongle.wrong': 'Enter the number printed on the hardware key',
  'registration.host.other': 'Host ID ({type})',
  'registration.problem.host_missing': 'Name at least one host',
  'registration.problem.host_twice': 'The same host is named twice',
  'registration.problem.host_quantity': 'The hosts need more than this license covers ({quantity})',
  'registration.problem.host_invalid': 'A host ID is not of the kind that was chosen',
  'registration.problem.fields_invalid': 'An answer that this product needs is missing or not valid',
  'registration.problem.relation_invalid': 'Choose a license of your organization that it can be for',
  'registration.problem.incomplete': 'Something is still missing; it is marked below.',
  'registration.relation.covers': 'covers {serial}',
  'registration.relation.renews': 'renews {serial}',
  'registration.relation.none': 'for no license yet',
  'registration.relation.field_covers': 'License that it covers',
  'registration.relation.field_renews': 'License that it renews',
  'registration.relation.hint': 'Serial number of a license of your organization or of this basket. Empty: none yet.',
  'registration.relation.unknown': 'Your organization has no such license of {product}',
  'registration.licenses.title': 'Single licenses',
  'registration.licenses.text': 'What is entered above holds for each, unless you change it for one.',
  'registration.licenses.change': 'Change',
  'registration.licenses.change_of': 'Change for {serial}',
  'registration.license.title': 'Changes for {serial}',
  'registration.license.lead': '{product}, quantity {quantity}. What you enter here holds for this license only.',
  'registration.license.save': 'Save for this license',
  'registration.license.reset': 'Use what holds for all',
  'registration.stale':
    'This basket was changed in another tab or by a colleague. What you entered is still here: look at it, then press the button again.',

  'registration.verify.lead': 'Check everything before you complete the registration. Edit leads back to each part.',
  'registration.verify.contacts': 'Technical support contacts',
  'registration.verify.licenses': 'Licenses',
  'registration.verify.more': '{count, plural, one {and one more} other {and # more}}',
  'registration.verify.complete': 'Complete Registration',
  'registration.verify.consequence':
    '{count, plural, one {One license} other {# licenses}} will belong to {organization}. License keys are made at once.',
  'registration.refusal.empty': 'There is no serial number in this basket.',
  'registration.refusal.refused_serials':
    'Nothing was registered: some serial numbers cannot be registered any more. The list says why and who may help.',
  'registration.refusal.incomplete': 'Nothing was registered yet: something is missing. It is marked below.',
  'registration.refusal.changed':
    'Nothing was registered yet: the basket was changed in another tab or by a colleague. Check it once more.',
  'registration.refusal.taken':
    'Nothing was registered: somebody else was changing the same licenses. Look at the list, then try again.',
  'registration.refusal.pool_empty':
    'Nothing was registered: the vendor has no keys left for one of these products. Write to {email}; your basket is kept.',

  'registration.progress.title': 'Registering your licenses',
  'registration.progress.lead': 'License keys are being made. Nothing can be registered twice, whatever you press.',
  'registration.progress.label': 'License keys made',
  'registration.progress.stalled': 'This takes longer than it should. You can wait, or start it again without risk.',
  'registration.progress.again': 'Start again',

  'registration.confirmation.lead':
    '{count, plural, one {One license is} other {# licenses are}} registered to {company}.',
  'registration.confirmation.registered': 'Registered {when} by {name}.',
  'registration.confirmation.keys': 'Serial numbers and license keys',
  'registration.confirmation.no_key': 'No key needed',
  'registration.confirmation.printed': 'As printed on your certificate',
  'registration.confirmation.files': 'All license files (ZIP)',
  'registration.confirmation.csv': 'Serial numbers and keys (CSV)',
  'registration.confirmation.copy_all': 'all serial numbers and keys',
  'registration.confirmation.another': 'Register another purchase',
  'registration.confirmation.catalog': 'Manage my licenses',
  'registration.email.title': 'E-mail these to…',
  'registration.email.field': 'E-mail addresses',
  'registration.email.hint': 'Up to {max}, separated by commas or spaces.',
  'registration.email.with_keys': 'The e-mail contains the license keys, as your organization allows.',
  'registration.email.without_keys':
    'Your organization does not allow keys in e-mails: it contains the serial numbers and a link to this page.',
  'registration.email.send': 'Send',
  'registration.email.wrong': '“{address}” is not an e-mail address',
  'registration.email.too_many': 'Enter at most {max} addresses',
  'registration.email.slower': 'Too many e-mails in a short time. Wait a while, then try again',
  'registration.email.sent': '{count, plural, one {One e-mail is} other {# e-mails are}} on the way.',

  'registration.csv.serial': 'Serial number',
  'registration.csv.product_code': 'Product code',
  'registration.csv.product': 'Product',
  'registration.csv.version': 'Version',
  'registration.csv.quantity': 'Quantity',
  'registration.csv.host_type': 'Kind of host ID',
  'registration.csv.host_id': 'Host ID',
  'registration.csv.key': 'License key',
  'registration.csv.file': 'License file',
  'registration.csv.key_id': 'Key ID',

  'registration.mail.hello': 'Hello {name},',
  'registration.mail.purchase.buyer.subject':
    '{count, plural, one {Your license is} other {Your # licenses are}} registered',
  'registration.mail.purchase.buyer.heading':
    '{count, plural, one {Your license is registered} other {Your # licenses are registered}}',
  'registration.mail.purchase.buyer.text':
    '{count, plural, one {One license now belongs} other {# licenses now belong}} to {organization}, registered to {company}.',
  'registration.mail.upgrade.buyer.subject':
    '{count, plural, one {Your license is} other {Your # licenses are}} upgraded',
  'registration.mail.upgrade.buyer.heading':
    '{count, plural, one {Your license is upgraded} other {Your # licenses are upgraded}}',
  'registration.mail.upgrade.buyer.text':
    '{count, plural, one {One license of the new version belongs} other {# licenses of the new version belong}} to {organization}, registered to {company}. The portal shows how long the old keys work.',
  'registration.mail.upgrade.contact.text':
    '{name} upgraded {count, plural, one {one license} other {# licenses}} for {company} to a new version and named you as a technical support contact. Install the new keys with the new version.',
  'registration.mail.upgrade.order.subject':
    '{count, plural, one {A license} other {# licenses}} of order {order} upgraded',
  'registration.mail.upgrade.order.heading': 'Licenses of your order were upgraded',
  'registration.mail.upgrade.order.text':
    '{count, plural, one {One license that you ordered was upgraded} other {# licenses that you ordered were upgraded}} to a new version by {organization}.',
  'registration.mail.contact.subject':
    '{count, plural, one {A license} other {# licenses}} of {company}: you are a technical contact',
  'registration.mail.contact.heading': 'You are a technical support contact',
  'registration.mail.purchase.contact.text':
    '{name} registered {count, plural, one {one license} other {# licenses}} for {company} and named you as a technical support contact.',
  'registration.mail.purchase.order.subject':
    '{count, plural, one {A license} other {# licenses}} of order {order} registered',
  'registration.mail.purchase.order.heading': 'Licenses of your order were registered',
  'registration.mail.purchase.order.text':
    '{count, plural, one {One license that you ordered was registered} other {# licenses that you ordered were registered}} by {organization}.',
  'registration.mail.order.closing': 'If you did not expect this, write to {email}: we will look into it at once.',
  'registration.mail.forward.subject': 'License keys from {name}: {company}',
  'registration.mail.forward.heading': '{name} sends you license keys',
  'registration.mail.forward.heading_no_keys': '{name} sends you serial numbers',
  'registration.mail.forward.text':
    '{count, plural, one {One license} other {# licenses}} registered to {company} by {organization}.',
  'registration.mail.keys_in_portal': 'For safety, this e-mail contains no license keys. You find them in the portal.',
  'registration.mail.files_in_portal': 'License files (.slf) are ready for download in the portal.',
  'registration.mail.more':
    '{count, plural, one {One more license is} other {# more licenses are}} listed in the portal.',
  'registration.mail.action': 'See serial numbers and keys',
} as const
