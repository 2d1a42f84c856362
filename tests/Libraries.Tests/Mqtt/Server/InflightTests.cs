using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Server;

/// <summary>Whatever is added, sent, acknowledged and lost in whatever order: no message is lost, doubled or overtaken.</summary>
public sealed class InflightTests
{
    [Fact]
    public void It_behaves_like_a_plain_list() =>
        Prop.ForAll(
                Gen.Choose(0, 9).ListOf(300).ToArbitrary(),
                moves =>
                {
                    var kept = new Inflight();
                    var model = new List<Held>();
                    foreach (var move in moves)
                        Step(kept, model, move);
                    Assert.Equal(model.Count, kept.Count);
                }
            )
            .QuickCheckThrowOnFailure();

    sealed record Held(Message Message, Qos Qos)
    {
        public ushort Id { get; set; }
        public bool Sent { get; set; }
        public bool Released { get; set; }
    }

    static void Step(Inflight kept, List<Held> model, int move)
    {
        const int window = 6;
        var underWay = model.TakeWhile(m => m.Sent).Count();
        if (move < 4)
        {
            var held = new Held(new Message("t", [(byte)move]), move < 2 ? Qos.AtLeastOnce : Qos.ExactlyOnce);
            Assert.Equal(
                model.Count < 20,
                kept.TryAdd(new QueuedMessage(held.Message, null, held.Qos, false), 20, 1000)
            );
            if (model.Count < 20)
                model.Add(held);
        }
        else if (move < 7)
        {
            var may = underWay < model.Count && underWay < window;
            Assert.Equal(may, kept.TryPeek(window, out var next));
            if (!may)
                return;
            var expected = model[underWay];
            Assert.Equal((expected.Released, expected.Id != 0), (next.Released, next.Duplicate));
            if (!next.Released)
                Assert.Same(expected.Message, next.Queued.Message);
            Assert.DoesNotContain(model.Where((_, n) => n != underWay), m => m.Id == next.PacketId);
            kept.Sent();
            (expected.Id, expected.Sent) = (next.PacketId, true);
        }
        else if (move < 9 && underWay > 0)
        {
            Answer(kept, model, model[move * 7 % underWay]);
        }
        else if (move == 9)
        {
            kept.Rewind();
            foreach (var held in model)
                held.Sent = false;
        }
    }

    // Each kind of message only moves on by its own kind of answer.
    static void Answer(Inflight kept, List<Held> model, Held held)
    {
        var once = held.Qos is Qos.AtLeastOnce;
        Assert.Equal(!once, kept.Receive(held.Id));
        Assert.Equal(once, kept.Acknowledge(held.Id));
        if (!once && !held.Released)
        {
            held.Released = true;
            return;
        }
        Assert.Equal(!once, kept.Complete(held.Id, refused: false));
        Assert.False(kept.Acknowledge(held.Id));
        model.Remove(held);
    }
}
