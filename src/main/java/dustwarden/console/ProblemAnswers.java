package dustwarden.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever failed a request into one problem+json answer; only what nobody foresaw is logged. */
final class ProblemAnswers implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    /** Answers a request that never reached the router. */
    static void refuse(HttpServerRequest request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.json().encode());
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        Problem problem = problem(context);
        if (problem.status() == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"dustwarden\"");
        }
        Optional.ofNullable(problem.json().getValue("retryAfter"))
                .ifPresent(seconds -> context.response().putHeader("Retry-After", String.valueOf(seconds)));
        context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.json().encode());
    }

    private static Problem problem(RoutingContext context) {
        Throwable cause = told(context.failure());
        int status = context.statusCode();
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof ValidatorException || cause instanceof IllegalArgumentException) {
            return new Problem(400, words(cause));
        }
        if (cause instanceof Intake.Busy) {
            return new Problem(503, cause.getMessage());
        }
        if (status >= 400 && status < 500) {
            return new Problem(status, status == 404 ? "nothing is at " + context.request().path() : detail(status));
        }
        LOG.atError()
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", context.request().path())
                .setCause(cause)
                .log("Request failed");
        return new Problem(500, "the request failed; the log says why");
    }

    /** The router wraps what its check of the contract found. */
    private static Throwable told(Throwable failure) {
        boolean wrapped = failure instanceof HttpException && failure.getCause() instanceof ValidatorException;
        return wrapped ? failure.getCause() : failure;
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "the request does not fit the contract" : message;
    }

    private static String detail(int status) {
        return switch (status) {
            case 405 -> "this address does not take that method";
            case 413 -> "the body is larger than this address takes";
            default -> "the request does not fit the contract";
        };
    }
}
