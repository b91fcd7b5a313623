import type { requests as en } from '../en/requests.ts'

export const requests = {
  'requests.kind.address': 'Novo endereço',
  'requests.kind.rehost': 'Transferência para um novo host acima do limite',
  'requests.kind.customer_number': 'Número de cliente',
  'requests.number': 'Número da solicitação',
  'requests.kind': 'Solicitação',
  'requests.license': 'Licença',
  'requests.organization': 'Organização',
  'requests.due': 'Resposta até',

  'requests.mail.hello': 'Olá, {name},',
  'requests.mail.reason': 'Comentário: {reason}',
  'requests.mail.action': 'Ver a solicitação',
  'requests.mail.received.subject': 'Solicitação {number} recebida: {what}',
  'requests.mail.received.heading': 'Recebemos uma solicitação',
  'requests.mail.received.text':
    '{asker} pediu à {vendor} algo que a nossa equipe precisa decidir. Você não precisa fazer nada; escreveremos de novo quando houver novidades.',
  'requests.mail.taken.subject': 'Solicitação {number} em andamento: {what}',
  'requests.mail.taken.heading': 'A solicitação está em andamento',
  'requests.mail.taken.text': 'Uma pessoa da equipe {vendor} está cuidando agora da solicitação de {asker}.',
  'requests.mail.accepted.subject': 'Solicitação {number} aceita: {what}',
  'requests.mail.accepted.heading': 'A solicitação foi aceita',
  'requests.mail.accepted.text': '{vendor} aceitou a solicitação de {asker}. O que foi pedido está feito.',
  'requests.mail.refused.subject': 'Solicitação {number} recusada: {what}',
  'requests.mail.refused.heading': 'A solicitação foi recusada',
  'requests.mail.refused.text': '{vendor} não pôde aceitar a solicitação de {asker}. Nada foi alterado.',
  'requests.mail.withdrawn.subject': 'Solicitação {number} retirada: {what}',
  'requests.mail.withdrawn.heading': 'A solicitação foi retirada',
  'requests.mail.withdrawn.text':
    'A solicitação de {asker} à {vendor} foi retirada pela sua organização. Nada foi alterado.',
} satisfies Record<keyof typeof en, string>
