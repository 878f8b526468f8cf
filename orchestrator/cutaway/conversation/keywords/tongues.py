"""Small and common words of other languages, by language code, and one sentence in the large ones."""

# ruff: noqa: RUF001 - letters of other languages are meant.
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "es": """
            el la los las un una unos unas por para con del que como esta este esto eso es son muy pero haz
            hazlo más menos otra otro vez luego después ahora también porque cuando donde quién qué cómo noche
            día lluvia nieve lento rápido lentamente despacio gracias muchas hola buenos días tardes adiós
            favor perro gato caballo ponlo ponle cambia añade quita hacer quiero puedes sea blanco negro rojo
            azul verde oscuro claro bien nada todo toma vídeo película y al sobre bajo bosque playa corre
            camina mujer hombre niño niña vale segundo primera último""",
        "fr": """
            le la les un une des du dans avec sur pour est et au aux je nous vous tu il elle ils elles fais
            faire très plus moins que qui quoi où quand comment pourquoi mais ou donc encore aussi puis
            ensuite alors ça c'est s'il plaît merci beaucoup bonjour bonsoir salut revoir oui chat chien
            cheval nuit jour pluie neige lentement vite rapide lent sombre clair blanc noir rouge bleu vert
            mets ajoute enlève change veux peux sous toit forêt plage marche court homme femme enfant vidéo
            autre fois d'accord non rien tout cette ce ces mon ma mes ne pas premier dernière""",
        "de": """
            der das und ist ein eine einen einem einer mit auf dem den des nicht auch ich wir sie für über
            durch bei zum zur mach mache machen bitte danke schön hallo guten tag abend morgen tschüss ja nein
            noch mal wieder etwas mehr weniger schneller langsamer dunkler heller sehr aber oder dann danach
            jetzt hier dort wo wer wann warum wie welche hund katze pferd nacht nachts regen schnee wald
            strand haus läuft geht steht sitzt schläft rennt schwarz weiß rot blau grün kannst könntest möchte
            will soll zeig zeige mir es füge hinzu entferne ändere kein keine ohne im am vom ins mann frau
            kind schwarze weiße rote kleine große genau gut viel vielen dank und nun zweite erste letzte""",
        "it": """
            il lo gli i della nel nella che sono fai fare un uno una con per su di da dal è e ma anche più
            meno molto ancora grazie ciao buongiorno buonasera prego per favore veloce lento lentamente piano
            notte giorno pioggia neve cane gatto cavallo bosco spiaggia corre cammina bianco nero rosso verde
            scuro chiaro metti aggiungi togli cambia voglio puoi poi dopo adesso quando dove come perché chi
            cosa tutto niente mille al del sul uomo donna bambino""",
        "pt": """
            um uma uns com não em na no nas nos ao aos faça faz fazer mais menos muito obrigado obrigada olá
            bom boa dia noite tarde por favor rápido devagar lento chuva neve cão cachorro gato cavalo
            floresta praia corre anda branco preto vermelho azul verde escuro claro coloca adiciona tira muda
            quero pode você também depois agora onde quando quem como porque de da do dos das e é que telhado
            dorme outra vez homem mulher menino menina sim tudo nada""",
        "nl": """
            een het van met niet en de op aan voor naar maak doe graag alstublieft bedankt dank hallo
            goedemorgen dag ja nee meer minder sneller langzamer donkerder lichter nacht regen sneeuw hond kat
            paard bos strand huis loopt rent slaapt zwart wit rood blauw groen kan kunt wil ik je jij wij zij
            dit dat deze ook maar dan nu nog waar wie wanneer waarom hoe veel heel geen zonder man vrouw kind
            er is dak eerste laatste tweede""",
        "pl": """
            w na się jest nie tak do z ze od po przez dla ale czy jak co kto gdzie kiedy dlaczego proszę
            dziękuję dzięki cześć dzień dobry dobranoc zrób pokaż dodaj usuń zmień więcej mniej szybciej
            wolniej ciemniej jaśniej noc deszcz śnieg pies kot koń las plaża dom biegnie idzie śpi czarny
            biały czerwony niebieski zielony bardzo jeszcze raz teraz potem i""",
        "sv": """
            och är på som med ett en det den inte jag du vi han hon för till av att om tack hej god natt
            morgon kväll snälla mer mindre snabbare långsammare mörkare ljusare regn snö hund katt häst skog
            strand går springer sover svart vit röd blå grön gör lägg ta byt också men sedan nu var vem när
            varför hur taket i""",
        "da": """
            og er på som med et en det den ikke jeg du vi han hun til af at tak hej nat morgen aften mere
            mindre hurtigere langsommere mørkere lysere regn sne hund kat hest skov strand går løber sover
            sort hvid rød blå grøn gør også men så nu hvor hvem hvornår hvorfor hvordan gå bil taget""",
        "fi": """
            ja on ei se hän minä sinä kiitos hei moi yö päivä sade lumi koira kissa hevonen metsä ranta
            juoksee kävelee nopeammin hitaammin tummempi enemmän vähemmän tee lisää poista vaihda ole hyvä
            mutta sitten nyt missä kuka milloin miksi""",
        "tr": """
            bir ve bu şu için ile çok daha değil var yok evet hayır lütfen teşekkürler teşekkür ederim merhaba
            selam günaydın iyi geceler gece gündüz yağmur kar köpek kedi at orman sahil ev koşuyor yürüyor
            uyuyor siyah beyaz kırmızı mavi yeşil yap ekle sil değiştir hızlı yavaş karanlık ben sen o ama
            sonra şimdi nerede kim neden nasıl olsun""",
        "cs": """
            je se na v do s z od po pro ale jak co kdo kde kdy proč prosím děkuji ahoj dobrý den noc déšť sníh
            pes kočka kůň les pláž dům běží jde spí černý bílý červený modrý zelený víc méně rychleji pomaleji
            tmavší udělej přidej odstraň ještě""",
        "ro": """
            și este un o cu pe la din pentru nu da mai mult puțin repede încet noapte zi ploaie zăpadă câine
            pisică cal pădure plajă casă aleargă merge doarme negru alb roșu albastru verde fă adaugă șterge
            mulțumesc bună salut te rog""",
        "hu": """
            és egy az nem igen van de hogy mint kérem köszönöm szia jó éjszaka nappal eső hó kutya macska ló
            erdő strand ház fut megy alszik fekete fehér piros kék zöld csináld gyorsabb lassabb sötétebb több
            kevesebb""",
        "id": """
            yang dan di ke dari ini itu dengan untuk tidak ada seekor sebuah seorang lebih terima kasih tolong
            buat malam siang hujan salju anjing kucing kuda hutan pantai rumah lari jalan tidur hitam putih
            merah biru hijau cepat lambat gelap atap saya kamu halo selamat pagi""",
        "vi": """
            một và là của cho với không có này đó trong trên con chó mèo ngựa đêm mưa tuyết rừng biển nhà chạy
            đi ngủ nhanh chậm hơn cảm ơn xin chào làm thêm bỏ đổi""",
    }.items()
}

ONLY_ENGLISH: Final[Mapping[str, str]] = {
    "es": "Sin un modelo de lenguaje solo entiendo inglés; con CUTAWAY_MODEL puedes darme uno.",
    "fr": "Sans modèle de langue, je ne comprends que l'anglais ; avec CUTAWAY_MODEL, vous pouvez m'en donner un.",
    "de": "Ohne Sprachmodell verstehe ich leider nur Englisch; mit CUTAWAY_MODEL gibst du mir eines.",
    "it": "Senza un modello linguistico capisco solo l'inglese; con CUTAWAY_MODEL puoi darmene uno.",
    "pt": "Sem um modelo de linguagem só entendo inglês; com CUTAWAY_MODEL você pode me dar um.",
    "nl": "Zonder taalmodel begrijp ik alleen Engels; met CUTAWAY_MODEL geef je me er een.",
    "pl": "Bez modelu językowego rozumiem tylko angielski; model podasz w CUTAWAY_MODEL.",
    "tr": "Dil modeli olmadan yalnızca İngilizce anlıyorum; CUTAWAY_MODEL ile bana bir model verebilirsin.",
    "id": "Tanpa model bahasa saya hanya mengerti bahasa Inggris; beri saya model lewat CUTAWAY_MODEL.",
    "ru": "Без языковой модели я понимаю только английский; модель задаётся в CUTAWAY_MODEL.",
    "zh": "没有语言模型时我只懂英语；可以用 CUTAWAY_MODEL 设置一个模型。",
    "ja": "言語モデルがないと英語しかわかりません。CUTAWAY_MODEL でモデルを設定できます。",
    "ko": "언어 모델이 없으면 영어만 이해합니다. CUTAWAY_MODEL로 모델을 설정할 수 있습니다.",
    "ar": "من دون نموذج لغوي لا أفهم إلا الإنجليزية؛ يمكنك تحديد نموذج في CUTAWAY_MODEL.",
    "hi": "भाषा मॉडल के बिना मैं केवल अंग्रेज़ी समझता हूँ; CUTAWAY_MODEL में एक मॉडल दीजिए।",
}
