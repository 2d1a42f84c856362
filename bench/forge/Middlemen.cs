using System.Buffers.Text;
using Loa.Air;

namespace Loa.Bench.Forge;

/// <summary>Men in the middle at the enrolment of a speaker: each gives it a root of his own, or the server a key of his own.</summary>
static class Middlemen
{
    /// <summary>How many were lucky: the code that the speaker shows is the one that the server expects.</summary>
    public static long Lucky(long attempts, int seed)
    {
        var random = new Random(seed);
        var (root, speaker) = (SomeKeys.Root.KeyId, SomeKeys.Speaker.KeyId);
        var lucky = 0L;
        for (var i = 0L; i < attempts; i++)
        {
            // The name of a key that he holds: nothing more of it goes into the code.
            var (his, nonce) = (Name(random), Name(random));
            var isRoot = random.Next(2) == 0;
            var shown = ClaimCheck.Signs(isRoot ? his : root, speaker, Code, nonce);
            var expected = ClaimCheck.Signs(root, isRoot ? speaker : his, Code, nonce);
            if (shown == expected)
                lucky++;
        }
        return lucky;
    }

    const string Code = "2BCD";

    static string Name(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
