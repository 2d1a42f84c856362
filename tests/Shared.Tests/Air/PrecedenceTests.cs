using System.Text.Json;

namespace Loa.Air;

public sealed class PrecedenceTests
{
    static readonly JsonSerializerOptions spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Items in the order in which they are heard, and whether the first cuts into the second, as another maker reads it.</summary>
    sealed record Case(string Name, Item[] Order, bool Interrupts);

    sealed record Item(Guid Id, AirClass Class, long Start);

    [Fact]
    public void Every_vector_is_in_the_order_as_written()
    {
        using var stream = typeof(PrecedenceTests).Assembly.GetManifestResourceStream("precedence.json")!;
        var cases = JsonSerializer.Deserialize<Case[]>(stream, spelling)!;

        Assert.NotEmpty(cases);
        Assert.All(
            cases,
            one =>
            {
                Precedence[] order = [.. one.Order.Select(Of)];
                Assert.True(order.SequenceEqual(order.Reverse().Order()), one.Name);
                Assert.True(order[0] < order[1] && order[1] > order[0]);
                Assert.Equal(one.Interrupts, Precedence.Interrupts(order[0].Class, order[1].Class));
                Assert.False(Precedence.Interrupts(order[1].Class, order[0].Class));
            }
        );
    }

    [Fact]
    public void The_ids_of_one_moment_follow_the_order_of_their_letters()
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++)
        {
            var (one, other) = (Some(random), Some(random));
            Assert.Equal(
                Math.Sign(string.CompareOrdinal(one.Id.ToString("d"), other.Id.ToString("d"))),
                Math.Sign(one.CompareTo(other))
            );
        }
    }

    static Precedence Some(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(AirClass.Ordinary, DateTimeOffset.UnixEpoch, new Guid(bytes));
    }

    static Precedence Of(Item item) => new(item.Class, DateTimeOffset.FromUnixTimeMilliseconds(item.Start), item.Id);
}
