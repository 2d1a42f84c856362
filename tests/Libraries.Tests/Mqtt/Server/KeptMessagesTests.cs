using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Server;

/// <summary>Whatever is added, sent, acknowledged and lost in whatever order: no message is lost, doubled or overtaken.</summary>
public sealed class KeptMessagesTests
{
    [Fact]
    public void It_behaves_like_a_plain_list() =>
        Prop.ForAll(
                Gen.Choose(0, 9).ListOf(300).ToArbitrary(),
                moves =>
                {
                    var kept = new KeptMessages();
                    var model = new List<(Message Message, ushort Id, bool Sent)>();
                    foreach (var move in moves)
                        Step(kept, model, move);
                    Assert.Equal(model.Count, kept.Count);
                }
            )
            .QuickCheckThrowOnFailure();

    static void Step(KeptMessages kept, List<(Message Message, ushort Id, bool Sent)> model, int move)
    {
        const int window = 6;
        var underWay = model.TakeWhile(m => m.Sent).Count();
        if (move < 4)
        {
            var message = new Message("t", [(byte)move]);
            Assert.Equal(model.Count < 20, kept.TryAdd(message, 20, 1000));
            if (model.Count < 20)
                model.Add((message, 0, false));
        }
        else if (move < 7)
        {
            var may = underWay < model.Count && underWay < window;
            Assert.Equal(may, kept.TryPeek(window, out var message, out var id, out var duplicate));
            if (!may)
                return;
            Assert.Same(model[underWay].Message, message);
            Assert.Equal(model[underWay].Id != 0, duplicate);
            Assert.DoesNotContain(model.Where((_, n) => n != underWay), m => m.Id == id);
            kept.Sent();
            model[underWay] = (message, id, true);
        }
        else if (move < 9 && underWay > 0)
        {
            var index = move * 7 % underWay;
            Assert.True(kept.Acknowledge(model[index].Id));
            Assert.False(kept.Acknowledge(model[index].Id));
            model.RemoveAt(index);
        }
        else if (move == 9)
        {
            kept.Rewind();
            for (var index = 0; index < model.Count; index++)
                model[index] = model[index] with { Sent = false };
        }
    }
}
