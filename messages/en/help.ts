export const help = {
  'help.title': 'Help',
  'help.lead': 'One page for every step. You find no answer? Write to {email}.',
  'help.group.start': 'First steps',
  'help.group.register': 'Get a license key',
  'help.group.manage': 'Manage my licenses',
  'help.group.account': 'My Account',
  'help.group.staff': 'For operators',
  'help.next': 'Next:',
  'help.all': 'All help pages',
} as const
