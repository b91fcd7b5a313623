export const reminders = {
  'reminders.title': 'Notifications',
  'reminders.lead': 'What you are told by e-mail, and your licenses in your calendar.',
  'reminders.email.title': 'E-mail',
  'reminders.email.label': 'Tell me by e-mail, at {email}, about',
  'reminders.email.save': 'Save',
  'reminders.email.saved': 'Your choice is saved.',
  'reminders.topic.license_end': 'Licenses that end',
  'reminders.topic.license_end.hint':
    'One mail a day at most, 90, 60, 30 and 7 days before. For managers and administrators, and for the technical contacts of a license.',
  'reminders.topic.maintenance_end': 'Maintenance that ends',
  'reminders.topic.maintenance_end.hint': 'In the same mail.',
  'reminders.topic.upgrades': 'Version upgrades',
  'reminders.topic.upgrades.hint':
    'When a new version becomes available for your licenses, once each. For administrators and for the technical contacts of a license.',
  'reminders.topic.registrations': 'Registrations by colleagues',
  'reminders.topic.registrations.hint':
    'One mail a day at most about what others registered. For managers and administrators.',
  'reminders.registrations.subject':
    '{count, plural, one {# license registered for {organization}} other {# licenses registered for {organization}}}',
  'reminders.registrations.heading': 'Your colleagues registered licenses',
  'reminders.registrations.text':
    '{count, plural, one {One license was registered for {organization}.} other {# licenses were registered for {organization}.}}',
  'reminders.registrations.line': '{count, plural, one {# license for {company}} other {# licenses for {company}}}',
  'reminders.topic.service_requests': 'Service requests',
  'reminders.topic.service_requests.hint': 'When a request is opened or decided.',
  'reminders.topic.releases': 'New releases of products I chose',
  'reminders.topic.releases.hint': 'Choose the products under Get Software.',
  'reminders.topic.security': 'Security of my account',
  'reminders.topic.security.hint': 'Always: changed passwords, new sign-in methods, your role in an organization.',
  'reminders.calendar.title': 'Calendar',
  'reminders.calendar.lead':
    'Shows in Outlook, Google Calendar or Apple Calendar when licenses and maintenance of {organization} end, for the next 24 months.',
  'reminders.calendar.make': 'Make a calendar address',
  'reminders.calendar.made': 'Your calendar address',
  'reminders.calendar.address': 'calendar address',
  'reminders.calendar.once':
    'Copy it now: it is shown this once. In your calendar program choose “Subscribe from web” and paste it. Whoever has the address can read this calendar, so do not pass it on.',
  'reminders.calendar.read': 'Address made on {made}, last read on {read}.',
  'reminders.calendar.unread': 'Address made on {made}, not read yet.',
  'reminders.calendar.replace': 'Replace the address',
  'reminders.calendar.replace_hint':
    'Replace it when others may have seen it: the address before stops working at once.',
  'reminders.calendar.revoke': 'Revoke',
  'reminders.calendar.revoked': 'The calendar address no longer works.',
  'reminders.calendar.name': 'Licenses of {organization}',
  'reminders.calendar.end': '{count, plural, one {{product}: license ends} other {{product}: # licenses end}}',
  'reminders.calendar.end_note':
    '{count, plural, one {One license for {product} of {organization} ends on this day.} other {# licenses for {product} of {organization} end on this day.}}',
  'reminders.calendar.maintenance':
    '{count, plural, one {{product}: maintenance ends} other {{product}: maintenance of # licenses ends}}',
  'reminders.calendar.maintenance_note':
    '{count, plural, one {Maintenance of one license for {product} of {organization} ends on this day.} other {Maintenance of # licenses for {product} of {organization} ends on this day.}}',
  'reminders.unsubscribe.title': 'No more e-mails?',
  'reminders.unsubscribe.lead': 'You will get no more e-mails about:',
  'reminders.unsubscribe.submit': 'Stop these e-mails',
  'reminders.unsubscribe.done': 'Done',
  'reminders.unsubscribe.done_lead': 'You get no more e-mails about:',
  'reminders.unsubscribe.change': 'Change what I am told by e-mail',
  'reminders.unsubscribe.ended': 'This link does not work',
  'reminders.unsubscribe.ended_lead':
    'It was cut off on its way, or is older than a year. Use the link in a newer e-mail.',
  'reminders.mail.subject':
    '{licenses, plural, =0 {Maintenance of {maintenances, plural, one {# license} other {# licenses}} of {organization} ends soon} one {# license of {organization} ends soon} other {# licenses of {organization} end soon}}',
  'reminders.mail.heading':
    '{licenses, plural, =0 {Maintenance ends soon} other {{maintenances, plural, =0 {Licenses end soon} other {Licenses and maintenance end soon}}}}',
  'reminders.mail.hello': 'Hello {name},',
  'reminders.mail.end':
    '{count, plural, one {One license of {organization} ends soon; after its last day it stops working.} other {# licenses of {organization} end soon; after their last day they stop working.}}',
  'reminders.mail.maintenance':
    '{count, plural, one {Maintenance of one license of {organization} ends soon; the product goes on, updates and support end.} other {Maintenance of # licenses of {organization} ends soon; the products go on, updates and support end.}}',
  'reminders.mail.what_to_do':
    'Renew what you still need, in time. Register the renewal in the portal, and these reminders stop.',
  'reminders.mail.ask': 'You are named as technical contact. Talk to whoever manages the licenses of {organization}.',
  'reminders.mail.end_on': 'Ends {date}',
  'reminders.mail.maintenance_on': 'Maintenance ends {date}',
  'reminders.mail.several': '{count, plural, one {# license for {product}} other {# licenses for {product}}}',
  'reminders.mail.more': 'And more',
  'reminders.mail.more_count': '{count, plural, one {# license} other {# licenses}}',
  'reminders.mail.action': 'Show them in the catalog',
  'reminders.mail.why_member': 'You get this because you manage licenses. Choose what you are told: {url}',
  'reminders.mail.why_contact': 'You get this because {organization} named you as technical contact of these licenses.',
  'reminders.mail.unsubscribe': 'Stop these e-mails',
} as const
