import type { help as en } from '../en/help.ts'

export const help = {
  'help.title': 'Aide',
  'help.lead': 'Une page pour chaque étape. Vous ne trouvez pas de réponse ? Écrivez à {email}.',
  'help.group.start': 'Premiers pas',
  'help.group.register': 'Obtenir une clé de licence',
  'help.group.manage': 'Gérer mes licences',
  'help.group.account': 'Mon compte',
  'help.group.staff': 'Pour les opérateurs',
  'help.next': 'Suite :',
  'help.all': 'Toutes les pages d’aide',
} satisfies Record<keyof typeof en, string>
