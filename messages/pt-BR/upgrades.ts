import type { upgrades as source } from '../en/upgrades.ts'

export const upgrades = {
  'upgrades.title': 'Upgrade de versão',
  'upgrades.lead':
    'Leve suas licenças a uma nova versão. Você precisa do ID da notificação de upgrade, enviado por e-mail.',
  'upgrades.step.products': 'Seleção do produto para o upgrade',
  'upgrades.step.selection': 'Seleção das licenças para o upgrade',
  'upgrades.step.verify': 'Verificação das informações de licença',

  'upgrades.id': 'ID da notificação de upgrade',
  'upgrades.id.hint': 'Na notificação de upgrade, enviada por e-mail: cinco grupos de quatro letras e dígitos.',
  'upgrades.view': 'Exibir upgrades',
  'upgrades.no_id': 'Não tem um ID de notificação de upgrade?',
  'upgrades.help': 'A ajuda',
  'upgrades.help.text': 'mostra as notificações de upgrade da sua conta.',
  'upgrades.refused.unknown':
    'Nenhum upgrade se abre com este ID. Compare-o com o e-mail ou encontre suas notificações com a ajuda abaixo',
  'upgrades.refused.expired':
    'Esta notificação expirou. Escreva para {email} pedindo que seja reenviada, ou use a ajuda abaixo',
  'upgrades.refused.ended': 'Este upgrade terminou. A ajuda abaixo mostra o que está disponível agora',
  'upgrades.refused.paused': 'O fornecedor pausou este upgrade. Tente mais tarde ou escreva para {email}',
  'upgrades.refused.not_started': 'Este upgrade ainda não começou. Seu ID servirá quando começar',
  'upgrades.refused.not_published': 'Este upgrade ainda não está disponível',
  'upgrades.lookup.unknown':
    'Nenhuma notificação de upgrade foi encontrada para estes dois números. Compare ambos com seu pedido ou certificado',

  'upgrades.drafts.title': 'Upgrades que você pode retomar',
  'upgrades.drafts.text': 'Nada foi atualizado ainda. Qualquer gerente da sua organização pode continuá-los.',
  'upgrades.drafts.discard': 'Descartar este upgrade',
  'upgrades.drafts.discard_of': 'Descartar: {name}',
  'upgrades.drafts.discarded': 'O upgrade foi descartado. Suas licenças continuam como estavam.',
  'upgrades.draft.name':
    'Upgrade de versão: {count, plural, =0 {nada selecionado} one {uma licença} many {# de licenças} other {# licenças}}',

  'upgrades.mine.title': 'Notificações de upgrade da sua conta',
  'upgrades.mine.lead': 'O que o fornecedor oferece para as licenças dos seus números de cliente.',
  'upgrades.mine.none': 'Não há upgrade para suas licenças no momento',
  'upgrades.mine.none.text':
    'Os upgrades aparecem aqui para seus números de cliente e para as licenças da sua organização. Tem documentos de outro número de cliente? Procure a notificação dele abaixo.',
  'upgrades.mine.campaign': 'Upgrade',
  'upgrades.mine.customer': 'Número de cliente',
  'upgrades.mine.until': 'Disponível até',
  'upgrades.mine.until_open': 'sem fim anunciado',
  'upgrades.mine.available': 'Licenças para upgrade',
  'upgrades.mine.open': 'Exibir upgrades',
  'upgrades.mine.open_of': 'Exibir upgrades: {name}',
  'upgrades.lookup.title': 'Encontrar uma notificação pelo seu pedido',
  'upgrades.lookup.text': 'Os dois números estão no pedido e no certificado.',
  'upgrades.lookup.customer': 'Número de cliente',
  'upgrades.lookup.order': 'Número do pedido',
  'upgrades.lookup.find': 'Procurar',

  'upgrades.count': '{count, plural, =0 {nenhuma licença} one {uma licença} many {# de licenças} other {# licenças}}',
  'upgrades.count_more': 'mais de {count} licenças',
  'upgrades.products.lead': '{campaign}, para {customer} ({number}).',
  'upgrades.products.product': 'Produto',
  'upgrades.products.to': 'Nova versão',
  'upgrades.products.released': 'lançada em {day}',
  'upgrades.products.available': 'Podem receber o upgrade',
  'upgrades.products.upgraded': 'Já receberam',
  'upgrades.products.action': 'Ação',
  'upgrades.products.upgrade': 'Fazer upgrade',
  'upgrades.products.upgrade_of': 'Fazer upgrade de {product} para {version}',
  'upgrades.products.complete': 'Todos os upgrades foram feitos',
  'upgrades.products.none_eligible': 'Nenhuma pode receber o upgrade',
  'upgrades.products.see': 'Licenças com upgrade e proprietários',
  'upgrades.products.see_why': 'Por que não',
  'upgrades.products.see_others': 'Por que não as outras',
  'upgrades.products.see_of': '{what}: {product} para {version}',
  'upgrades.products.none': 'Não há licenças para este upgrade',
  'upgrades.products.none.text':
    'Sob este número de cliente, sua organização não vê nenhuma licença de uma versão que possa receber upgrade.',
  'upgrades.products.overlap':
    '{days, plural, =0 {As chaves de licença antigas param de funcionar com o upgrade.} one {As chaves de licença antigas funcionam por mais um dia ao lado das novas.} many {As chaves de licença antigas funcionam por # de dias ao lado das novas.} other {As chaves de licença antigas funcionam por # dias ao lado das novas.}}',
  'upgrades.products.until': 'Disponível até {day}.',
  'upgrades.closed.title': 'Nada pode receber upgrade agora',
  'upgrades.closed.expired': 'A notificação expirou. Escreva para {email} pedindo que seja reenviada.',
  'upgrades.closed.ended': 'O upgrade terminou.',
  'upgrades.closed.paused': 'O fornecedor pausou o upgrade. O que você selecionou fica guardado.',
  'upgrades.closed.not_started': 'O upgrade começa em {day}.',
  'upgrades.closed.not_published': 'O upgrade ainda não está disponível.',
  'upgrades.closed.now': 'Este upgrade foi fechado nesse meio-tempo: nada mudou.',

  'upgrades.upgraded.title': 'Licenças com upgrade e proprietários',
  'upgrades.upgraded.lead': '{product} {from} para {to}',
  'upgrades.upgraded.old': 'Número de série antigo',
  'upgrades.upgraded.new': 'Novo número de série',
  'upgrades.upgraded.quantity': 'Quantidade',
  'upgrades.upgraded.owner': 'Proprietário',
  'upgrades.upgraded.elsewhere': 'Outra organização',
  'upgrades.upgraded.by': '{when}, por {name}',
  'upgrades.upgraded.when': 'Upgrade',
  'upgrades.upgraded.none': 'Nenhum upgrade foi feito ainda',
  'upgrades.not_eligible.title': 'Licenças que não podem receber o upgrade',
  'upgrades.not_eligible.text':
    'Registre uma renovação de manutenção em Obter uma chave de licença: o upgrade fica aberto à licença na hora. Dúvidas: {email}.',
  'upgrades.not_eligible.reason': 'Motivo',
  'upgrades.not_eligible.none': 'Todas as licenças que você vê podem receber o upgrade, ou já receberam',

  'upgrades.refusal.revoked': 'A licença foi revogada',
  'upgrades.refusal.superseded': 'Uma licença mais nova tomou o lugar dela',
  'upgrades.refusal.order_cancelled': 'O pedido dela foi cancelado',
  'upgrades.refusal.upgraded': 'Já recebeu o upgrade',
  'upgrades.refusal.kind': 'O upgrade não é para licenças deste tipo',
  'upgrades.refusal.country': 'O upgrade não é oferecido no país deste cliente',
  'upgrades.refusal.ended': 'A licença terminou em {day}',
  'upgrades.refusal.planned': 'A licença começa em {day}',
  'upgrades.refusal.no_maintenance': 'A licença não tem manutenção. Versões lançadas depois da compra precisam dela',
  'upgrades.refusal.maintenance_lapsed':
    'A manutenção terminou em {day}, antes do lançamento da versão ({released}). Renove-a para fazer o upgrade',

  'upgrades.selection.lead': '{product} {from} para {to_product} {to}. Marque as licenças para o upgrade.',
  'upgrades.selection.licenses': 'Licenças para escolher',
  'upgrades.selection.search': 'Procurar número de série, empresa ou host',
  'upgrades.selection.show': 'Procurar',
  'upgrades.selection.serial': 'Número de série',
  'upgrades.selection.quantity': 'Quantidade para upgrade',
  'upgrades.selection.quantity_of': 'Quantidade para upgrade de {serial}',
  'upgrades.selection.of': 'de {quantity}',
  'upgrades.selection.owner': 'Registrada para',
  'upgrades.selection.unowned': 'Ninguém ainda: passará a ser da sua organização',
  'upgrades.selection.maintenance': 'Manutenção até',
  'upgrades.selection.hosts': 'Hosts',
  'upgrades.selection.chosen':
    '{count, plural, =0 {Nada selecionado ainda.} one {Uma licença selecionada, quantidade {quantity}.} many {# de licenças selecionadas, quantidade {quantity}.} other {# licenças selecionadas, quantidade {quantity}.}}',
  'upgrades.selection.all': 'Selecionar todas',
  'upgrades.selection.all_found': 'Selecionar todas as encontradas',
  'upgrades.selection.nothing': 'Não selecionar nenhuma',
  'upgrades.selection.keep': 'Guardar seleção',
  'upgrades.selection.kept': 'Sua seleção foi guardada.',
  'upgrades.selection.added':
    '{count, plural, =0 {Não restava nada para selecionar.} one {Uma licença foi selecionada.} many {# de licenças foram selecionadas.} other {# licenças foram selecionadas.}}',
  'upgrades.selection.full': 'Um upgrade leva no máximo {max} licenças. Conclua este primeiro e depois as outras.',
  'upgrades.selection.next': 'Fazer upgrade',
  'upgrades.selection.none': 'Nenhuma licença pode receber o upgrade',
  'upgrades.selection.none.text': 'Veja o motivo na seleção do produto.',
  'upgrades.selection.not_found': 'Nenhuma licença contém este texto',
  'upgrades.selection.empty': 'Marque primeiro pelo menos uma licença',
  'upgrades.selection.quantity_wrong': 'Digite um número inteiro de 1 a {max}',
  'upgrades.selection.changed':
    'Algumas destas licenças não podem mais receber o upgrade assim. A lista mostra o que resta de cada uma',
  'upgrades.selection.problem.refused_serials':
    'Nenhum upgrade foi feito: algumas das licenças selecionadas não podem mais recebê-lo. Elas estão marcadas abaixo.',
  'upgrades.selection.problem.empty': 'Marque primeiro pelo menos uma licença.',
  'upgrades.selection.problem.taken':
    'Nenhum upgrade foi feito: outra pessoa estava alterando as mesmas licenças. Veja a lista e tente de novo.',
  'upgrades.selection.problem.pool_empty':
    'Nenhum upgrade foi feito: o fornecedor não tem mais chaves deste produto. Escreva para {email}; sua seleção fica guardada.',

  'upgrades.details.lead':
    'Preenchido com suas licenças atuais. Vale para todas as novas, a menos que você mude para uma delas abaixo.',
  'upgrades.verify.lead': 'Confira tudo antes de concluir o upgrade. Editar leva de volta a cada parte.',
  'upgrades.verify.from': 'substitui {product}',
  'upgrades.verify.ready': 'Pronta para o upgrade',
  'upgrades.verify.address': 'Como antes, para cada licença',
  'upgrades.verify.consequence':
    '{count, plural, one {Uma licença recebe} many {# de licenças recebem} other {# licenças recebem}} na hora um novo número de série e novas chaves para {organization}. As chaves antigas funcionam até {until}; depois, as licenças antigas são encerradas.',
  'upgrades.verify.consequence_now':
    '{count, plural, one {Uma licença recebe} many {# de licenças recebem} other {# licenças recebem}} na hora um novo número de série e novas chaves para {organization}. As chaves antigas param de funcionar.',

  'upgrades.confirmation.another': 'Fazer upgrade de outras licenças',

  'upgrades.license.title': 'Upgrade de versão',
  'upgrades.license.lead': 'O que o fornecedor oferece para esta licença.',
  'upgrades.license.until': 'Disponível até',
  'upgrades.license.state': 'Para esta licença',
  'upgrades.license.possible': 'pode receber o upgrade, quantidade {left}',
  'upgrades.license.none': 'Nenhum upgrade é oferecido para esta versão no momento',
  'upgrades.license.none.text': 'Quando houver um, ele aparece aqui e no seu catálogo de licenças.',
  'upgrades.license.done.title': 'Upgrade já feito',
  'upgrades.license.done':
    'A quantidade {quantity} de {total} passou para {version} em {day}; as chaves antigas funcionam até {until}.',
  'upgrades.license.done_settled': 'A quantidade {quantity} passou para {version} em {day}.',
  'upgrades.license.new': 'Novo número de série: {serial}',
  'upgrades.license.end': 'Encerrar as chaves antigas agora',
  'upgrades.license.end.text':
    'Faça isso quando a nova versão funcionar em todos os lugares. As chaves antigas param de funcionar na hora, e isso não pode ser desfeito.',
  'upgrades.license.ended': 'As chaves antigas são encerradas em até um minuto.',

  'upgrades.offer': 'Upgrade para {version}',
  'upgrades.offer_of': 'Fazer upgrade de {serial} para {version}',
  'upgrades.option.none': 'Nenhum upgrade é oferecido para esta versão no momento.',
} satisfies Record<keyof typeof source, string>
