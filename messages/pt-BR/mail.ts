import type { mail as en } from '../en/mail.ts'

export const mail = {
  'mail.mailbox.title': 'Caixa de correio',
  'mail.mailbox.lead':
    'Todos os e-mails escritos por este portal. Eles aparecem aqui porque nenhum servidor de e-mail está configurado; em produção esta página não existe.',
  'mail.mailbox.subject': 'Assunto',
  'mail.mailbox.to': 'Para',
  'mail.mailbox.at': 'Escrito em',
  'mail.mailbox.template': 'Tipo',
  'mail.mailbox.html': 'Como o destinatário vê',
  'mail.mailbox.text': 'Texto simples',
  'mail.mailbox.empty': 'Nenhum e-mail ainda',
  'mail.mailbox.empty_text': 'Crie uma conta ou registre um número de série, e o que o portal escrever aparecerá aqui.',
} satisfies Record<keyof typeof en, string>
