import type { reminders as en } from '../en/reminders.ts'

export const reminders = {
  'reminders.title': 'Notificações',
  'reminders.lead': 'O que é avisado por e-mail, e suas licenças no seu calendário.',
  'reminders.email.title': 'E-mail',
  'reminders.email.label': 'Avise-me por e-mail, em {email}, sobre',
  'reminders.email.save': 'Salvar',
  'reminders.email.saved': 'Sua escolha foi salva.',
  'reminders.topic.license_end': 'Licenças que terminam',
  'reminders.topic.license_end.hint':
    'No máximo um e-mail por dia, 90, 60, 30 e 7 dias antes. Para gerentes e administradores, e para os contatos técnicos de uma licença.',
  'reminders.topic.maintenance_end': 'Manutenção que termina',
  'reminders.topic.maintenance_end.hint': 'No mesmo e-mail.',
  'reminders.topic.upgrades': 'Upgrades de versão',
  'reminders.topic.upgrades.hint':
    'Quando uma nova versão fica disponível para suas licenças, uma vez cada. Para administradores e para os contatos técnicos de uma licença.',
  'reminders.topic.registrations': 'Registros de colegas',
  'reminders.topic.registrations.hint':
    'No máximo um e-mail por dia sobre o que outros registraram. Para gerentes e administradores.',
  'reminders.registrations.subject':
    '{count, plural, one {# licença registrada para {organization}} other {# licenças registradas para {organization}}}',
  'reminders.registrations.heading': 'Seus colegas registraram licenças',
  'reminders.registrations.text':
    '{count, plural, one {Uma licença foi registrada para {organization}.} other {# licenças foram registradas para {organization}.}}',
  'reminders.registrations.line': '{count, plural, one {# licença para {company}} other {# licenças para {company}}}',
  'reminders.topic.service_requests': 'Solicitações de serviço',
  'reminders.topic.service_requests.hint': 'Quando uma solicitação é aberta ou decidida.',
  'reminders.topic.releases': 'Novas versões dos produtos que escolhi',
  'reminders.topic.releases.hint': 'Escolha os produtos em Obter software.',
  'reminders.topic.security': 'Segurança da minha conta',
  'reminders.topic.security.hint': 'Sempre: senha alterada, novas formas de login, sua função em uma organização.',
  'reminders.calendar.title': 'Calendário',
  'reminders.calendar.lead':
    'Mostra no Outlook, no Google Agenda ou no Calendário da Apple quando licenças e manutenção de {organization} terminam, nos próximos 24 meses.',
  'reminders.calendar.make': 'Criar endereço de calendário',
  'reminders.calendar.made': 'Seu endereço de calendário',
  'reminders.calendar.address': 'endereço de calendário',
  'reminders.calendar.once':
    'Copie-o agora: ele é mostrado só desta vez. No seu programa de calendário, escolha “Assinar da web” e cole. Quem tem o endereço pode ler este calendário, por isso não o repasse.',
  'reminders.calendar.read': 'Endereço criado em {made}, lido pela última vez em {read}.',
  'reminders.calendar.unread': 'Endereço criado em {made}, ainda não lido.',
  'reminders.calendar.replace': 'Substituir o endereço',
  'reminders.calendar.replace_hint':
    'Substitua-o se outros podem tê-lo visto: o endereço anterior para de funcionar na hora.',
  'reminders.calendar.revoke': 'Revogar',
  'reminders.calendar.revoked': 'O endereço de calendário não funciona mais.',
  'reminders.calendar.name': 'Licenças de {organization}',
  'reminders.calendar.end': '{count, plural, one {{product}: licença termina} other {{product}: # licenças terminam}}',
  'reminders.calendar.end_note':
    '{count, plural, one {Uma licença de {product} de {organization} termina neste dia.} other {# licenças de {product} de {organization} terminam neste dia.}}',
  'reminders.calendar.maintenance':
    '{count, plural, one {{product}: manutenção termina} other {{product}: manutenção de # licenças termina}}',
  'reminders.calendar.maintenance_note':
    '{count, plural, one {A manutenção de uma licença de {product} de {organization} termina neste dia.} other {A manutenção de # licenças de {product} de {organization} termina neste dia.}}',
  'reminders.unsubscribe.title': 'Não receber mais e-mails?',
  'reminders.unsubscribe.lead': 'Você não receberá mais e-mails sobre:',
  'reminders.unsubscribe.submit': 'Parar estes e-mails',
  'reminders.unsubscribe.done': 'Pronto',
  'reminders.unsubscribe.done_lead': 'Você não recebe mais e-mails sobre:',
  'reminders.unsubscribe.change': 'Alterar o que me é avisado por e-mail',
  'reminders.unsubscribe.ended': 'Este link não funciona',
  'reminders.unsubscribe.ended_lead':
    'Ele foi cortado no caminho ou tem mais de um ano. Use o link de um e-mail mais recente.',
  'reminders.mail.subject':
    '{licenses, plural, =0 {A manutenção de {maintenances, plural, one {# licença} other {# licenças}} de {organization} termina em breve} one {# licença de {organization} termina em breve} other {# licenças de {organization} terminam em breve}}',
  'reminders.mail.heading':
    '{licenses, plural, =0 {Manutenção termina em breve} other {{maintenances, plural, =0 {Licenças terminam em breve} other {Licenças e manutenção terminam em breve}}}}',
  'reminders.mail.hello': 'Olá, {name},',
  'reminders.mail.end':
    '{count, plural, one {Uma licença de {organization} termina em breve; depois do último dia, ela para de funcionar.} other {# licenças de {organization} terminam em breve; depois do último dia, elas param de funcionar.}}',
  'reminders.mail.maintenance':
    '{count, plural, one {A manutenção de uma licença de {organization} termina em breve; o produto continua, atualizações e suporte terminam.} other {A manutenção de # licenças de {organization} termina em breve; os produtos continuam, atualizações e suporte terminam.}}',
  'reminders.mail.what_to_do':
    'Renove a tempo o que ainda for necessário. Registre a renovação no portal, e estes lembretes param.',
  'reminders.mail.ask': 'Você consta como contato técnico. Fale com quem gerencia as licenças de {organization}.',
  'reminders.mail.end_on': 'Termina em {date}',
  'reminders.mail.maintenance_on': 'Manutenção termina em {date}',
  'reminders.mail.several': '{count, plural, one {# licença de {product}} other {# licenças de {product}}}',
  'reminders.mail.more': 'E mais',
  'reminders.mail.more_count': '{count, plural, one {# licença} other {# licenças}}',
  'reminders.mail.action': 'Mostrar no catálogo',
  'reminders.mail.why_member': 'Você recebe isto porque gerencia licenças. Escolha o que é avisado: {url}',
  'reminders.mail.why_contact':
    'Você recebe isto porque {organization} indicou você como contato técnico destas licenças.',
  'reminders.mail.unsubscribe': 'Parar estes e-mails',
} satisfies Record<keyof typeof en, string>
