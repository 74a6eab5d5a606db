package shawk.view.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import shawk.look.DotForm;
import shawk.look.MermaidForm;
import shawk.look.Picture;
import shawk.look.Proof;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.support.HostileNames;

/** Pictures: what is in them, and that no name gets out of its place. */
final class SvgFormTest {
    private final List<Picture.Box> boxes = new ArrayList<>();
    private final List<Picture.Link> links = new ArrayList<>();

    private int box(SafeText name, String host, String port) {
        List<String> ports = port.isEmpty() ? List.of() : List.of(port);
        boxes.add(new Picture.Box(name, SafeText.of(host), SafeText.EMPTY, ports, true, boxes.isEmpty()));
        return boxes.size() - 1;
    }

    private void link(int from, int to, String port, Proof proof) {
        links.add(new Picture.Link(from, to, port, 7, 0, false, proof, false));
    }

    private Document svg() throws Exception {
        StringBuilder out = new StringBuilder();
        SvgForm.append(out, new Picture(boxes, links), "title & more");
        assertThat(HostileNames.harmIn(out.toString().replace("\n", ""))).isEqualTo(-1);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document document, String style) {
        List<String> texts = new ArrayList<>();
        NodeList all = document.getElementsByTagName("text");
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i).getAttributes().getNamedItem("class").getNodeValue().equals(style)) {
                texts.add(all.item(i).getTextContent());
            }
        }
        return texts;
    }

    @Test
    void aBoxAProcessAndALineAnEdge() throws Exception {
        int client = box(SafeText.of("wrk"), "load", "");
        int server = box(SafeText.of("nginx"), "web", "80");
        link(client, server, "80", Proof.BOTH);
        Document document = svg();
        assertThat(texts(document, "title")).containsExactly("title & more");
        assertThat(texts(document, "name")).containsExactly("wrk", "nginx");
        assertThat(texts(document, "ports")).containsExactly(":80");
        assertThat(texts(document, "label")).containsExactly("7");
    }

    @Test
    void manyThatAreAlikeAreOneBoxThatSaysSo() throws Exception {
        int server = box(SafeText.of("hub"), "web", "80");
        for (int i = 0; i < 500; i++) {
            link(box(SafeText.of("client"), "h" + i, ""), server, "80", Proof.BOTH);
        }
        Document document = svg();
        assertThat(texts(document, "name")).containsExactly("hub", "client  ×500");
        assertThat(texts(document, "label")).containsExactly("3,500");
        assertThat(texts(document, "text")).anyMatch(text -> text.startsWith("2 boxes for 501 processes"));
    }

    @Test
    void aCycleAndAProcessThatAsksItselfAreDrawn() throws Exception {
        int a = box(SafeText.of("a"), "h", "1");
        int b = box(SafeText.of("b"), "h", "2");
        link(a, b, "2", Proof.BOTH);
        link(b, a, "1", Proof.AMBIGUOUS);
        link(a, a, "1", Proof.CLIENT_ONLY);
        assertThat(texts(svg(), "label")).hasSize(3);
    }

    @Test
    void noNameGetsOutOfItsPlace() throws Exception {
        for (RawText name : HostileNames.ALL) {
            boxes.clear();
            links.clear();
            SafeText safe = SafeText.of(name);
            int client = box(safe, safe.value(), "");
            int server = box(SafeText.of("</text><script>\"'&]]>-->"), "web", "80");
            link(client, server, "80", Proof.BOTH);
            assertThat(texts(svg(), "name")).hasSize(2);
            StringBuilder dot = new StringBuilder();
            DotForm.append(dot, new Picture(boxes, links));
            assertThat(dot.toString().lines()).hasSize(8);
            StringBuilder mermaid = new StringBuilder();
            MermaidForm.append(mermaid, new Picture(boxes, links));
            assertThat(mermaid.toString().lines()).hasSize(4);
            assertThat(mermaid.toString().chars().filter(c -> c == '"').count()).isEqualTo(6);
        }
    }
}
