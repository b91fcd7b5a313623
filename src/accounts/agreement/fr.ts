export const fr = `
Les présentes conditions d’utilisation définissent les modalités selon lesquelles vous pouvez utiliser ce portail de
licences. Veuillez les lire jusqu’à la fin avant de les accepter ou de les refuser. Si vous les acceptez, vous le faites
en votre nom et, lorsque vous utilisez le portail dans le cadre de votre travail, au nom de l’organisation pour laquelle
vous enregistrez des licences.

## 1. Les parties

« L’éditeur » désigne l’entreprise qui exploite ce portail et dont le nom figure en haut de chaque page. « Vous »
désigne la personne qui crée le compte. « Votre organisation » désigne l’entreprise, l’administration, l’établissement
d’enseignement ou tout autre organisme que vous indiquez lors de la création du compte ou que vous rejoignez plus tard.
« Le portail » désigne ce site web ainsi que ses interfaces de programmation, ses courriels et ses téléchargements.

En acceptant, vous confirmez avoir au moins 18 ans, ou l’âge de la majorité dans votre pays, et être habilité à agir pour
votre organisation en matière de licences logicielles.

## 2. L’objet du portail

Le portail vous permet d’enregistrer ce que votre organisation a acheté, d’obtenir des clés et des fichiers de licence,
de transférer des licences vers d’autres hôtes et d’autres adresses, de les partager et de télécharger les logiciels
auxquels elles donnent droit. Il présente ce que l’éditeur sait de vos licences. Il ne vend pas de licences et ne
remplace pas vos documents de commande.

## 3. Votre compte

Vous fournissez des informations exactes et complètes lors de la création du compte et vous les tenez à jour. Un compte
est réservé à une seule personne ; ne le partagez pas. Gardez votre mot de passe secret et choisissez-en un que vous
n’utilisez nulle part ailleurs. Si vous pensez que quelqu’un d’autre a utilisé votre compte, changez immédiatement votre
mot de passe, fermez les autres sessions depuis la page de votre compte et prévenez l’assistance de l’éditeur.

L’adresse e-mail est votre nom d’utilisateur. Elle doit vous appartenir et être confirmée avant que vous puissiez voir
une licence. Les messages que l’éditeur y envoie au sujet des licences, des demandes et de la sécurité sont réputés reçus
dès lors qu’ils peuvent être lus dans des circonstances normales.

## 4. Votre organisation et ses administrateurs

Les licences appartiennent aux organisations, jamais à une personne. Quiconque crée une organisation dans le portail en
devient le premier administrateur. Les administrateurs décident qui la rejoint, quel rôle tient chaque membre et avec qui
les licences sont partagées. Lorsque vous quittez l’organisation, votre accès prend fin et les licences restent.

Ce que les membres font dans le portail, ils le font pour l’organisation. Celle-ci répond de l’utilisation du portail par
ses membres et par tout partenaire qu’elle a autorisé à agir pour elle.

## 5. Numéros de série, clés et fichiers de licence

Les numéros de série, les clés et les fichiers de licence sont confidentiels. Utilisez-les uniquement pour le produit, la
quantité, les hôtes et la durée pour lesquels ils ont été émis, et ne les transmettez qu’à des membres de votre
organisation ou aux personnes qu’elle a chargées d’installer ou de gérer le logiciel. Il est interdit de les publier, de
les vendre séparément de la licence, de les modifier ou d’essayer d’en fabriquer.

L’utilisation du logiciel lui-même est régie par le contrat de licence de chaque produit, et ce qui a été convenu dans
votre commande prévaut. Enregistrer une licence ici ne confère aucun droit au-delà de ceux qui ont été achetés.

## 6. Ce qui est interdit

Vous ne pouvez pas essayer des numéros de série, des bons ou des mots de passe qui ne vous ont pas été remis ; consulter
les licences d’autres organisations ; contourner les limites, les quantités ou les mesures de sécurité du portail ;
perturber son fonctionnement, par exemple par des requêtes automatiques au-delà des limites publiées ; ni introduire des
fichiers ou des textes nuisibles, illicites ou portant atteinte aux droits d’autrui. Les programmes peuvent utiliser le
portail au moyen des interfaces et des clés d’API prévues à cet effet.

## 7. Contrôle des exportations

Les logiciels, les clés de licence et les données techniques peuvent être soumis à des lois sur le contrôle des
exportations et sur les sanctions, notamment celles de l’Union européenne et des États-Unis d’Amérique. Vous ne pouvez ni
les obtenir, ni les utiliser, ni les transmettre là où ces lois l’interdisent, et vous confirmez que ni vous ni votre
organisation ne figurez sur une liste de personnes avec lesquelles de telles opérations sont interdites.

## 8. Données personnelles

L’éditeur traite votre nom, vos coordonnées, votre langue, votre fuseau horaire, les heures et les adresses réseau de vos
visites ainsi que l’historique de vos actions afin de fournir le portail, de le protéger contre les abus et de pouvoir
prouver qui a enregistré, déplacé ou transféré une licence. L’historique d’une licence est conservé aussi longtemps que
la licence existe et que la loi l’exige.

Vous pouvez consulter et corriger vos données sur la page de votre compte, en demander une copie et fermer votre compte.
À la fermeture d’un compte, les données personnelles qu’il contient sont supprimées ou remplacées par un pseudonyme ; les
faits relatifs aux licences demeurent. De plus amples informations, vos droits et le contact pour la protection des
données figurent dans la politique de confidentialité de l’éditeur.

## 9. Disponibilité et évolution du portail

L’éditeur exploite le portail avec le soin d’usage dans la profession, annonce les maintenances lorsqu’il le peut et peut
améliorer ou modifier des fonctions. Il ne promet pas que le portail soit disponible à tout moment. Les clés et les
fichiers de licence que vous avez téléchargés fonctionnent sans le portail, sauf indication contraire de leur produit ;
conservez-en des copies en lieu sûr.

## 10. Suspension et fin

Vous pouvez fermer votre compte à tout moment. L’éditeur peut suspendre un compte utilisé en violation des présentes
conditions ou mettant autrui en danger, et en indiquera le motif, sauf si la loi l’interdit. Il peut mettre fin au
présent accord pour motif grave ou moyennant un préavis de trente jours. Les droits sur les licences achetées ne sont pas
affectés par la fin du présent accord.

## 11. Responsabilité

L’éditeur répond sans limite du dol et de la faute lourde, des atteintes à la vie, au corps ou à la santé, et partout où
la loi ne permet pas de limiter la responsabilité. Pour le reste, sa responsabilité au titre du portail se limite aux
dommages typiques et prévisibles pour un tel service. Rien dans les présentes conditions ne limite les droits que la loi
de leur pays de résidence accorde aux consommateurs.

## 12. Modification des présentes conditions

L’éditeur peut publier une nouvelle version des présentes conditions. Il vous sera demandé de l’accepter à votre visite
suivante, et vous ne pourrez continuer que si vous le faites. La version que vous avez acceptée, l’heure et l’adresse
réseau depuis laquelle vous l’avez acceptée sont enregistrées.

## 13. Dispositions générales

Si une disposition des présentes conditions est nulle, les autres restent en vigueur. Le droit du pays dans lequel
l’éditeur a son siège s’applique, à l’exclusion de ses règles de conflit de lois et de la Convention des Nations Unies
sur les contrats de vente internationale de marchandises, dans la mesure où aucune loi impérative n’en dispose autrement.
Lorsque les présentes conditions existent en plusieurs langues, la version dans la langue dans laquelle vous les avez
acceptées fait foi.

Vous avez atteint la fin des conditions d’utilisation. Acceptez-les pour créer votre compte, ou refusez-les ; si vous les
refusez, rien de ce que vous avez saisi n’est conservé.
`.trim()
