package dustwarden.broker;

import java.nio.file.Path;
import java.util.Objects;

/** Where the broker's certificate and private key come from. */
public sealed interface BrokerTls {
    /** PEM files: the certificate with its chain, and the unencrypted PKCS #8 key. */
    record Pem(Path chain, Path key) implements BrokerTls {
        public Pem {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(key, "key");
        }
    }

    /** A PKCS #12 or JKS file that holds one key, with the password of file and key. */
    record KeyStore(Path file, String password) implements BrokerTls {
        public KeyStore {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "KeyStore[" + file + "]";
        }
    }
}
