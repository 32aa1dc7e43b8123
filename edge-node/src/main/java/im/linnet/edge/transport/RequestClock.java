package im.linnet.edge.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how long an HTTP socket may take. A request, from its first byte to its last, has one
 * deadline, which no further byte moves: a client that sends a byte a second is cut as one that
 * sends none. The same time is given from the accept to the first byte. Between requests, and for
 * an answer that the client does not take, it is another, longer one. An overdue socket is closed.
 * What a client breaks ends here as well, before anything that would log it. On the socket's event
 * loop.
 */
final class RequestClock {
  private static final Logger LOG = LoggerFactory.getLogger(RequestClock.class);

  private final long requestMillis;
  private final long idleMillis;
  private final ChannelHandler bytes = new Bytes();
  private final ChannelHandler messages = new Messages();
  private @Nullable Future<?> timer;
  private boolean reading;
  private int unanswered;
  private boolean stopped;

  private RequestClock(Duration request, Duration idle) {
    this.requestMillis = request.toMillis();
    this.idleMillis = idle.toMillis();
  }

  /**
   * Starts one for a socket that was just accepted.
   *
   * @param request from a request's first byte to its last
   * @param idle between requests, and for an answer
   */
  static void start(ChannelPipeline pipeline, Duration request, Duration idle) {
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
    if (decoder != null && encoder != null) {
      RequestClock clock = new RequestClock(request, idle);
      pipeline.addAfter(encoder.name(), "linnet-requests", clock.messages);
      pipeline.addBefore(decoder.name(), "linnet-bytes", clock.bytes);
    }
  }

  /** Ends it: the socket carries no HTTP any more. */
  static void stop(ChannelPipeline pipeline) {
    if (pipeline.get(Messages.class) != null) {
      pipeline.remove(Messages.class);
      pipeline.remove(Bytes.class);
    }
  }

  private void allow(ChannelHandlerContext context, long millis) {
    cancel();
    if (!stopped) {
      timer =
          context
              .executor()
              .schedule(
                  () -> {
                    var unused = context.close();
                  },
                  millis,
                  TimeUnit.MILLISECONDS);
    }
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void end() {
    stopped = true;
    cancel();
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (!reading && unanswered == 0) {
        reading = true;
        allow(context, requestMillis);
      }
      super.channelRead(context, message);
    }
  }

  private final class Messages extends ChannelDuplexHandler {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      allow(context, requestMillis);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      end();
      super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof HttpRequest) {
        // One that came with the one before has not shown a first byte of its own.
        if (!reading) {
          reading = true;
          allow(context, requestMillis);
        }
        unanswered++;
      }
      if (message instanceof HttpContent content
          && !(message instanceof HttpRequest)
          && content.decoderResult().isFailure()) {
        content.release();
        refuse(context);
        return;
      }
      if (message instanceof LastHttpContent) {
        reading = false;
        allow(context, idleMillis);
      }
      super.channelRead(context, message);
    }

    /** A fault of the client's socket, or of what came over it: the end, and nothing to log. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("peer={} broke off: {}", context.channel().remoteAddress(), cause.toString());
      var unused = context.close();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof LastHttpContent && !isInterim(message)) {
        unanswered--;
        if (!reading) {
          allow(context, idleMillis);
        }
      }
      super.write(context, message, promise);
    }

    /** Ends a request whose body cannot be read; its head was fine. */
    private void refuse(ChannelHandlerContext context) {
      if (unanswered != 1) {
        var unused = context.close();
        return;
      }
      FullHttpResponse answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
      HttpUtil.setContentLength(answer, 0);
      HttpUtil.setKeepAlive(answer, false);
      context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static boolean isInterim(Object message) {
      return message instanceof HttpResponse response
          && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
  }
}
