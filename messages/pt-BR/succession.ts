import type { succession as en } from '../en/succession.ts'

export const succession = {
  'succession.title': 'Recuperação',
  'succession.lead': 'Quem assume uma organização que ninguém mais administra.',
  'succession.none': 'Nada a recuperar',
  'succession.none_text':
    'Você pode pedir para se tornar administrador onde todos os administradores se foram: as contas foram encerradas, os e-mails são recusados ou nenhum deles entrou nos últimos {months, number} meses. Para isso você é membro, ou tem um e-mail confirmado em um domínio que a organização verificou.',
  'succession.else': 'O resto é decidido pelo fornecedor:',
  'succession.grounds.member': 'Você é membro, e todos os administradores desta organização se foram.',
  'succession.grounds.domain':
    'Seu e-mail está em um domínio verificado desta organização, e todos os administradores dela se foram.',
  'succession.ask.title': '{organization} não tem mais administrador',
  'succession.ask.told': 'Todos os administradores conhecidos recebem um e-mail agora e outro antes do fim.',
  'succession.ask.waits':
    'Por {days, number} dias, qualquer um deles pode parar isso, com um clique ou entrando no portal.',
  'succession.ask.then': 'Depois você se torna administrador.',
  'succession.ask': 'Pedir para se tornar administrador',
  'succession.ask.done': 'Todos os administradores foram avisados. Você recebe um e-mail quando estiver decidido.',
  'succession.ask.waiting': 'Alguém já pediu.',
  'succession.own.title': 'Você pediu para administrar {organization}',
  'succession.own.text': 'A menos que um administrador pare isso, você se torna administrador em {due}.',
  'succession.withdraw': 'Retirar',
  'succession.waiting.title': 'Alguém pede para se tornar administrador',
  'succession.waiting.text':
    '{name} ({email}) se torna administrador da sua organização em {due}, porque todos os administradores pareciam ter ido embora. Pare isso se você ainda está aqui.',
  'succession.stop': 'Parar',
  'succession.done.stopped': 'Você parou isso.',
  'succession.done.withdrawn': 'Você retirou o pedido.',
  'succession.domains': 'Domínios verificados',
  'succession.domains.text':
    'Colegas com e-mail em um domínio verificado podem recuperar sua organização quando todos os administradores se forem. Sem domínio, só membros podem.',
  'succession.domain': 'Domínio',
  'succession.domain.hint': 'O que vem depois do @ nos seus e-mails, por exemplo acme.example',
  'succession.domain.add': 'Adicionar',
  'succession.domain.proof': 'Prova',
  'succession.domain.record': 'Crie um registro TXT com este nome e texto:',
  'succession.domain.record_name': 'nome do registro',
  'succession.domain.record_text': 'texto do registro',
  'succession.domain.verified': 'Verificado',
  'succession.domain.verify': 'Verificar',
  'succession.domain.verify_of': 'Verificar {domain}',
  'succession.domain.remove': 'Remover',
  'succession.domain.remove_of': 'Remover {domain}',
  'succession.domain.added': '{domain} foi adicionado. Ele vale quando for verificado.',
  'succession.domain.removed': '{domain} foi removido.',
  'succession.domain.verified_done': '{domain} foi verificado.',
  'succession.domain.no_record':
    'O registro de {domain} não foi encontrado. Registros novos podem levar algumas horas para aparecer.',
  'succession.domain.refused.public': 'Qualquer pessoa consegue um e-mail nesse domínio.',
  'succession.domain.refused.known': 'Esse domínio já está aqui.',
  'succession.domain.refused.too_many': 'Uma organização tem no máximo {most, number} domínios.',
  'succession.mail.action': 'Ver e decidir',
  'succession.mail.asked.subject': '{who} pede para administrar {organization}',
  'succession.mail.asked.text':
    'No portal de licenças de {vendor}, todos os administradores de {organization} parecem ter ido embora. {who} se torna administrador em {due}, a menos que um administrador pare isso: entre e pressione “Parar”.',
  'succession.mail.reminded.subject': '{organization} terá em breve um novo administrador',
  'succession.mail.reminded.text':
    '{who} se torna administrador de {organization} no portal de licenças de {vendor} em {due}, a menos que um administrador pare isso.',
  'succession.mail.stopped.subject': '{organization} mantém seus administradores',
  'succession.mail.stopped.text':
    '{who} não se torna administrador de {organization}: um administrador parou isso, ou voltou.',
  'succession.mail.withdrawn.subject': '{organization}: ninguém pede mais',
  'succession.mail.withdrawn.text': '{who} não pede mais para administrar {organization}.',
  'succession.mail.completed.subject': '{organization} tem um novo administrador',
  'succession.mail.completed.text':
    '{who} agora administra {organization} no portal de licenças de {vendor}, porque ninguém parou isso a tempo.',
} satisfies Record<keyof typeof en, string>
