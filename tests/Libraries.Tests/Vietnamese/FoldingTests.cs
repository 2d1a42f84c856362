using System.Text;

namespace Loa.Vietnamese;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Đồng Xoài", "dong xoai")]
    [InlineData("  ĐẮK   Ơ \t\n", "dak o")]
    [InlineData("Bù Đăng – Ủy ban", "bu dang – uy ban")]
    [InlineData("ƯỠN ẹo, Nghĩa", "uon eo, nghia")]
    [InlineData("dong xoai", "dong xoai")]
    [InlineData("Số 12/5", "so 12/5")]
    [InlineData("", "")]
    [InlineData(" ", "")]
    public void Marks_and_capitals_are_forgotten(string text, string key)
    {
        Assert.Equal(key, Folding.Fold(text));
        Assert.Equal(key, Folding.Fold(text.Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void All_vowels_with_all_marks_fold_to_their_letter()
    {
        const string groups = "aàáảãạăằắẳẵặâầấẩẫậ eèéẻẽẹêềếểễệ iìíỉĩị oòóỏõọôồốổỗộơờớởỡợ uùúủũụưừứửữự yỳýỷỹỵ dđ";
        foreach (var group in groups.Split(' '))
        {
            var plain = new string(group[0], group.Length);
            Assert.Equal(plain, Folding.Fold(group));
            Assert.Equal(plain, Folding.Fold(group.ToUpperInvariant()));
        }
    }

    [Fact]
    public void A_key_into_own_memory_makes_no_garbage()
    {
        var key = new char[64];
        Folding.Fold("Đồng Xoài", key);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Folding.Fold("Huyện Bù Gia Mập, tỉnh Bình Phước", key);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_text_that_is_its_own_key_is_not_copied()
    {
        var text = "dong xoai";
        Assert.Same(text, Folding.Fold(text));
    }
}
