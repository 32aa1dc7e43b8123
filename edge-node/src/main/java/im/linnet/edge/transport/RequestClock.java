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
 * Bounds the time of an HTTP socket. A request has one deadline from its first byte to its last,
 * and further bytes do not move it. So a client that sends a byte a second is cut like a silent
 * one. The same time is given from the accept to the first byte. A longer time bounds the pause
 * between requests, and an answer that the client does not take. An overdue socket is closed. A
 * client's protocol error ends here too, before a handler that would log it. On the socket's event
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
   * Starts a clock for a socket that was just accepted.
   *
   * @param request the time from a request's first byte to its last
   * @param idle the time between requests, and for an answer
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

  /** Ends the clock of a socket that does not carry HTTP any more. */
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
        // A pipelined request, read with the one before, has not shown a first byte of its own.
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

    /** Ends the socket after a fault of the client's socket or input, without a log line. */
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

    /** Ends a request with an unreadable body; its head was fine. */
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
