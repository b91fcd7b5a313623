import type { mail as en } from '../en/mail.ts'

export const mail = {
  'mail.mailbox.title': 'Boîte aux lettres',
  'mail.mailbox.lead':
    'Tous les e-mails rédigés par ce portail. Ils sont visibles ici parce qu’aucun serveur de messagerie n’est configuré ; cette page n’existe pas en production.',
  'mail.mailbox.subject': 'Objet',
  'mail.mailbox.to': 'À',
  'mail.mailbox.at': 'Rédigé le',
  'mail.mailbox.template': 'Type',
  'mail.mailbox.html': 'Ce que voit le destinataire',
  'mail.mailbox.text': 'Texte brut',
  'mail.mailbox.empty': 'Aucun e-mail pour l’instant',
  'mail.mailbox.empty_text':
    'Créez un compte ou enregistrez un numéro de série : les messages du portail apparaîtront ici.',
} satisfies Record<keyof typeof en, string>
