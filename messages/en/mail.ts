export const mail = {
  'mail.mailbox.title': 'Mailbox',
  'mail.mailbox.lead':
    'Every e-mail that this portal wrote. It is here because no mail server is configured; production has no such page.',
  'mail.mailbox.subject': 'Subject',
  'mail.mailbox.to': 'To',
  'mail.mailbox.at': 'Written',
  'mail.mailbox.template': 'Kind',
  'mail.mailbox.html': 'As the recipient sees it',
  'mail.mailbox.text': 'Plain text',
  'mail.mailbox.empty': 'No e-mail yet',
  'mail.mailbox.empty_text': 'Create an account or register a serial number, and what the portal writes appears here.',
} as const
