package dustwarden.broker;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/** The server side of TLS 1.2 and 1.3, from files. */
final class TlsContext {
    private TlsContext() {}

    static SslContext of(BrokerTls tls) throws IOException {
        try {
            return builder(tls)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            throw new IOException("TLS cannot start with " + tls + ": " + e.getMessage()
                    + "; wanted: a PEM certificate chain and an unencrypted PKCS #8 key, or a key store", e);
        }
    }

    private static SslContextBuilder builder(BrokerTls tls) throws IOException, GeneralSecurityException {
        return tls instanceof BrokerTls.Pem pem
                ? SslContextBuilder.forServer(pem.chain().toFile(), pem.key().toFile())
                : SslContextBuilder.forServer(keys((BrokerTls.KeyStore) tls));
    }

    private static KeyManagerFactory keys(BrokerTls.KeyStore store) throws IOException, GeneralSecurityException {
        File file = store.file().toFile();
        char[] password = store.password().toCharArray();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(file, password), password);
        return factory;
    }
}
