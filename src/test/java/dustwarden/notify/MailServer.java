package dustwarden.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A mail server on loopback that speaks RFC 5321 with STARTTLS and AUTH, as far as a client meets it. */
public final class MailServer implements AutoCloseable {
    /** How it behaves. @param code answered to the message: 250 takes it */
    public record Manner(boolean startTls, boolean implicit, boolean login, int code) {
        public static final Manner PLAIN = new Manner(false, false, false, 250);
    }

    static final String USER = "dust";
    static final String PASSWORD = "right-password";

    public final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Manner manner;
    private final SSLContext tls;

    public MailServer(Manner manner, Path directory) {
        try {
            this.manner = manner;
            this.tls = tls(directory);
            this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Thread thread = new Thread(this::accept, "mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Sockets that trust this server. */
    SSLSocketFactory trusting() {
        return tls.getSocketFactory();
    }

    private static SSLContext tls(Path directory) throws Exception {
        Path store = directory.resolve("mail.p12");
        char[] password = "changeit".toCharArray();
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-alias", "mail",
                "-keyalg", "EC", "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit")
                .redirectErrorStream(true).start().waitFor(60, TimeUnit.SECONDS);
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        Certificate certificate = keys.getCertificate("mail");
        trusted.setCertificateEntry("mail", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(10_000);
                serve(manner.implicit() ? secured(socket) : socket, manner.implicit());
            } catch (IOException | UncheckedIOException e) {
                commands.add("END " + e.getClass().getSimpleName());
            }
        }
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), false);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private void serve(Socket socket, boolean secure) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        if (manner.implicit() == secure) {
            say(socket, "220 localhost ready");
        }
        boolean known = !manner.login();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split(" ")[0].toUpperCase(java.util.Locale.ROOT);
            commands.add((secure ? "TLS " : "") + verb);
            switch (verb) {
                case "EHLO" -> say(socket, manner.startTls() && !secure ? "250-localhost\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS"
                        : "250-localhost\r\n250 AUTH PLAIN LOGIN");
                case "STARTTLS" -> {
                    say(socket, "220 go ahead");
                    serveSecured(secured(socket));
                    return;
                }
                case "AUTH" -> {
                    known = auth(line, socket, in);
                    say(socket, known ? "235 welcome" : "535 5.7.8 authentication failed");
                }
                case "MAIL", "RCPT" -> say(socket, known ? "250 ok" : "530 authentication required");
                case "DATA" -> {
                    say(socket, "354 go on");
                    StringBuilder text = new StringBuilder();
                    for (String each = in.readLine(); !".".equals(each); each = in.readLine()) {
                        text.append(each).append('\n');
                    }
                    if (manner.code() == 250) {
                        messages.add(text.toString());
                    }
                    say(socket, manner.code() + " so it is");
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return;
                }
                default -> say(socket, "250 ok");
            }
        }
    }

    private void serveSecured(SSLSocket socket) throws IOException {
        serve(socket, true);
    }

    private static boolean auth(String line, Socket socket, BufferedReader in) throws IOException {
        String[] parts = line.split(" ");
        if (parts[1].equals("LOGIN")) {
            say(socket, "334 VXNlcm5hbWU6");
            String user = decoded(in.readLine());
            say(socket, "334 UGFzc3dvcmQ6");
            return user.equals(USER) && decoded(in.readLine()).equals(PASSWORD);
        }
        return decoded(parts[2]).equals("\0" + USER + "\0" + PASSWORD);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The decoded text of the newest message. */
    Optional<String> text() {
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(messages.size() - 1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
