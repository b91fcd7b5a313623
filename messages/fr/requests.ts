import type { requests as en } from '../en/requests.ts'

export const requests = {
  'requests.kind.address': 'Nouvelle adresse',
  'requests.kind.rehost': 'Transfert vers un nouvel hôte au-delà du quota',
  'requests.kind.customer_number': 'Numéro de client',
  'requests.number': 'Numéro de demande',
  'requests.kind': 'Demande',
  'requests.license': 'Licence',
  'requests.organization': 'Organisation',
  'requests.due': 'Réponse attendue avant',

  'requests.mail.hello': 'Bonjour {name},',
  'requests.mail.reason': 'Commentaire : {reason}',
  'requests.mail.action': 'Voir la demande',
  'requests.mail.received.subject': 'Demande {number} reçue : {what}',
  'requests.mail.received.heading': 'Nous avons reçu une demande',
  'requests.mail.received.text':
    '{asker} a demandé à {vendor} quelque chose que notre équipe doit décider. Vous n’avez rien à faire ; nous vous écrirons dès qu’il y aura du nouveau.',
  'requests.mail.taken.subject': 'Demande {number} en cours de traitement : {what}',
  'requests.mail.taken.heading': 'La demande est en cours de traitement',
  'requests.mail.taken.text': 'Un membre de l’équipe {vendor} s’occupe maintenant de la demande de {asker}.',
  'requests.mail.accepted.subject': 'Demande {number} acceptée : {what}',
  'requests.mail.accepted.heading': 'La demande est acceptée',
  'requests.mail.accepted.text': '{vendor} a accepté la demande de {asker}. Ce qui était demandé est fait.',
  'requests.mail.refused.subject': 'Demande {number} refusée : {what}',
  'requests.mail.refused.heading': 'La demande est refusée',
  'requests.mail.refused.text': '{vendor} n’a pas pu accepter la demande de {asker}. Rien n’a été modifié.',
  'requests.mail.withdrawn.subject': 'Demande {number} retirée : {what}',
  'requests.mail.withdrawn.heading': 'La demande est retirée',
  'requests.mail.withdrawn.text':
    'La demande de {asker} à {vendor} a été retirée par votre organisation. Rien n’a été modifié.',
} satisfies Record<keyof typeof en, string>
